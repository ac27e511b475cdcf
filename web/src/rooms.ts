// The rooms, found and listed nowhere: each is a folder rooms/*/web with a room.ts.

import type { Component } from "svelte";

export interface RoomView {
  readonly id: string; // "" for the room's front
  readonly title: string;
  readonly page: () => Promise<{ default: Component<never> }>; // given what `takes` names, else nothing
  readonly hidden?: boolean; // reached from a page, such as the life of one item: no tab
  readonly takes?: string; // name of a part of the address behind the id: "review" + "/dana" with takes "engagement"
}
export interface Room {
  readonly id: string;
  readonly title: string;
  readonly question: string;
  readonly order: number;
  readonly key: string; // g, then this
  readonly views: readonly RoomView[];
  readonly types: readonly string[]; // record types it owns
  readonly panel?: () => Promise<{ default: Component }>; // what it shows on The Table
}

const found = import.meta.glob<{ room: Room }>("../../rooms/*/web/room.ts", { eager: true });

export const rooms: readonly Room[] = Object.values(found)
  .map((module) => module.room)
  .sort((a, b) => a.order - b.order || a.title.localeCompare(b.title));

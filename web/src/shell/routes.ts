// From an address to the page that answers it. Rooms bring their own views; the rest is listed here.

import type { Component } from "svelte";
import type { Room, RoomView } from "../rooms";
import { rooms } from "../rooms";

type Props = Record<string, unknown>;
export type Loader = () => Promise<{ default: Component<Props> }>;
export interface Route {
  readonly key: string; // another key is another page, mounted anew
  readonly title: string;
  readonly load: Loader | null; // null: there is no such page
  readonly props: Props;
  readonly room: Room | null;
  readonly view: RoomView | null;
}

type Found = Record<string, Loader>;
const tables: Found = import.meta.glob<{ default: Component<Props> }>("../../../rooms/briefing/web/Table.svelte");
const records: Found = import.meta.glob<{ default: Component<Props> }>("../records/{Home,List,Show,Edit,History}.svelte");
const pages: Found = import.meta.glob<{ default: Component<Props> }>("../pages/{Sources,Settings,Findings,Journal}.svelte");

const table: Loader = tables["../../../rooms/briefing/web/Table.svelte"] ?? (() => import("./TableSoon.svelte") as ReturnType<Loader>);
const importer: Loader = () => import("../wizard/Import.svelte") as ReturnType<Loader>;
const pageTitles: Readonly<Record<string, string>> = { sources: "Sources", settings: "Settings", findings: "Findings", journal: "Journal" };

function route(key: string, title: string, load: Loader | undefined, props: Props = {}): Route {
  return { key, title, load: load ?? null, props, room: null, view: null };
}

function recordRoute(parts: readonly string[]): Route {
  const [type = "", id = "", verb = ""] = parts;
  const at = (name: string): Loader | undefined => records[`../records/${name}.svelte`];
  const said = type.replaceAll("_", " ");
  if (type === "") return route("records", "Records", at("Home") ?? at("List"), { type });
  if (id === "") return route(`records/${type}`, `Records: ${said}`, at("List"), { type });
  if (id === "new") return route(`records/${type}/new`, `New ${said}`, at("Edit"), { type });
  if (verb === "edit") return route(`records/${type}/${id}/edit`, `Edit ${id}`, at("Edit"), { type, id });
  if (verb === "history") return route(`records/${type}/${id}/history`, `History of ${id}`, at("History") ?? at("Show"), { type, id, history: true });
  return route(`records/${type}/${id}`, id, verb === "" ? at("Show") : undefined, { type, id });
}

/** Fetches the other pages while nothing else happens: going there is instant, and works while the
    server is away. */
export async function fetchAhead(): Promise<void> {
  const all = [...Object.values(pages), importer, ...Object.values(records), ...rooms.flatMap((room) => room.views.map((view) => view.page))];
  for (const load of all) {
    await new Promise<void>((done) => ("requestIdleCallback" in window ? requestIdleCallback(() => done()) : setTimeout(done, 200)));
    await load().catch(() => undefined); // asked again when somebody goes there
  }
}

export function routeOf(path: string): Route {
  const [first = "", ...rest] = path.split("/").filter((part) => part !== "").map(decodeURIComponent);
  if (first === "") return route("table", "The Table", table);
  if (first === "records") return recordRoute(rest);
  if (first === "rooms" && rest.length === 0) return route("rooms", "All rooms", () => import("./AllRooms.svelte") as ReturnType<Loader>);
  if (first === "sources" && rest.join("/") === "import") return route("sources/import", "Import files", importer);
  const title = pageTitles[first];
  if (title !== undefined && rest.length === 0) {
    return route(first, title, pages[`../pages/${title}.svelte`]);
  }
  const room = rooms.find((one) => one.id === first);
  const exact = room?.views.find((one) => one.takes === undefined && one.id === rest.join("/"));
  const taking = room?.views.find((one) => one.takes !== undefined && rest.length > 1 && one.id === rest.slice(0, -1).join("/"));
  const view = exact ?? taking;
  if (!room || !view) return route(`none${path}`, "No such page", undefined);
  const taken = exact ? {} : { [taking?.takes ?? ""]: rest.at(-1) ?? "" };
  const name = view.id === "" || view.title === room.title ? room.title : `${room.title}: ${view.title}`;
  return { key: [room.id, view.id, ...Object.values(taken)].join("/"), title: name, load: view.page as Loader, props: taken, room, view };
}

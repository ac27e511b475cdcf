// The governance room's pages, found by the shell.
import type { Room } from "@tiebeam/rooms";

export const room: Room = {
  id: "governance",
  title: "Governance",
  question: "Who may decide what, how long do we take, and do we keep our word?",
  order: 7,
  key: "o",
  types: ["decision", "commitment"],
  views: [
    { id: "", title: "Decisions", page: () => import("./Decisions.svelte") },
    { id: "commitments", title: "Commitments", page: () => import("./Commitments.svelte") },
  ],
};

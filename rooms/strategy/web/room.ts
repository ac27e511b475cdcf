// The strategy room's pages, found by the shell.
import type { Room } from "@tiebeam/rooms";

export const room: Room = {
  id: "strategy",
  title: "Strategy",
  question: "What are we changing, who owns it together, and what work serves nothing?",
  order: 1,
  key: "s",
  views: [{ id: "", title: "Priorities", page: () => import("./Priorities.svelte") }],
  types: ["priority", "kpi", "capability"],
};

// The partnership room's pages, found by the shell.
import type { Room } from "@tiebeam/rooms";

export const room: Room = {
  id: "partnership",
  title: "Partnership",
  question: "Does the business see us as a partner, and what proves it?",
  order: 8,
  key: "p",
  types: ["engagement", "meeting", "action", "metric_vote"],
  views: [
    { id: "", title: "Reviews", page: () => import("./Partners.svelte") },
    { id: "review", title: "Review", page: () => import("./Review.svelte"), takes: "engagement", hidden: true },
    { id: "diagnosis", title: "Diagnosis", page: () => import("./Diagnosis.svelte") },
  ],
};

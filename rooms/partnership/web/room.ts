// The partnership room's pages, found by the shell.
import type { Room } from "@tiebeam/rooms";

const diagnosis = () => import("./Diagnosis.svelte");

export const room: Room = {
  id: "partnership",
  title: "Partnership",
  question: "Does the business see us as a partner, and what proves it?",
  order: 8,
  key: "p",
  types: ["engagement", "meeting", "action", "metric_vote"],
  views: [
    { id: "", title: "Diagnosis", page: diagnosis, hidden: true },
    { id: "diagnosis", title: "Diagnosis", page: diagnosis },
  ],
};

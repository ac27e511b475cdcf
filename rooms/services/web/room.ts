// The services room's pages, found by the shell.
import type { Room } from "@tiebeam/rooms";

export const room: Room = {
  id: "services",
  title: "Services",
  question: "What does the business rely on, and who answers for it?",
  order: 5,
  key: "v",
  views: [{ id: "", title: "Services", page: () => import("./Services.svelte") }],
  types: ["service"],
};

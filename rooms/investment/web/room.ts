// The investment room's pages, found by the shell.
import type { Room } from "@tiebeam/rooms";

export const room: Room = {
  id: "investment",
  title: "Investment",
  question: "Where does the next euro do most, and who stands behind it?",
  order: 2,
  key: "i",
  views: [
    { id: "", title: "Portfolio", page: () => import("./Portfolio.svelte") },
    { id: "cases", title: "Cases", page: () => import("./Cases.svelte") },
    { id: "case", title: "Case", page: () => import("./Case.svelte"), takes: "id", hidden: true },
    { id: "new", title: "New case", page: () => import("./NewCase.svelte"), hidden: true },
  ],
  types: ["initiative", "effect", "funding_level", "sign_off", "benefit_reading", "assumption", "adoption_group", "adoption_reading", "investment_policy"],
};

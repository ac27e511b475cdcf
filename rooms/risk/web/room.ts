// The risk room's pages, found by the shell.
import type { Room } from "@tiebeam/rooms";

export const room: Room = {
  id: "risk",
  title: "Risk",
  question: "How much could we lose, is that more than we agreed, and what buys it down?",
  order: 6,
  key: "r",
  types: ["scenario", "control", "reduction", "appetite", "insurance_layer", "common_cause", "driver", "driver_loading", "ai_tool", "calibration_round"],
  panel: () => import("./TablePanel.svelte"),
  views: [
    { id: "", title: "Exposure", page: () => import("./Exposure.svelte") },
    { id: "scenarios", title: "Scenarios", page: () => import("./Scenarios.svelte") },
    { id: "scenario/new", title: "New scenario", page: () => import("./NewScenario.svelte"), hidden: true },
    { id: "scenario/edit", title: "Change a scenario", page: () => import("./EditScenario.svelte"), takes: "id", hidden: true },
    { id: "scenario", title: "Scenario", page: () => import("./Scenario.svelte"), takes: "id", hidden: true },
    { id: "controls", title: "Controls", page: () => import("./Controls.svelte") },
    { id: "appetite", title: "Appetite", page: () => import("./Appetite.svelte") },
    { id: "ai-tools", title: "AI tools", page: () => import("./AiTools.svelte") },
    { id: "starters", title: "Library", page: () => import("./Starters.svelte") },
    { id: "calibration", title: "Your guesses", page: () => import("./Calibration.svelte") },
  ],
};

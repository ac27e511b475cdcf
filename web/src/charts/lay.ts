import { areNarrow, layAgeing, type AgeingDrawing } from "./layout/ageing";
import { layAgeingRows, type AgeingRowsDrawing } from "./layout/ageing-rows";
import { layArea, type AreaDrawing } from "./layout/area";
import { layBars, type BarsDrawing } from "./layout/bars";
import { layExceedance, type ExceedanceDrawing } from "./layout/exceedance";
import { layDots, type DotsDrawing } from "./layout/dots";
import { layFan, type FanDrawing } from "./layout/fan";
import { layHistogram, type HistogramDrawing } from "./layout/histogram";
import { layLine, laySparkline, type LineDrawing, type SparklineDrawing } from "./layout/line";
import { layRanges, type RangesDrawing } from "./layout/ranges";
import { layScatter, type ScatterDrawing } from "./layout/scatter";
import { layTornado, type TornadoDrawing } from "./layout/tornado";
import type { AgeingSpec, BarsSpec, ChartSpec, DotsSpec, ExceedanceSpec, FanSpec, HistogramSpec, LineSpec, RangesSpec, ScatterSpec, SparklineSpec, StackedAreaSpec, TableBarsSpec, TornadoSpec } from "./spec";

/** A spec with its drawing for one width. */
export type Laid =
  | { readonly kind: "scatter"; readonly spec: ScatterSpec; readonly drawing: ScatterDrawing }
  | { readonly kind: "stacked-area"; readonly spec: StackedAreaSpec; readonly drawing: AreaDrawing }
  | { readonly kind: "ageing"; readonly spec: AgeingSpec; readonly drawing: AgeingDrawing }
  | { readonly kind: "ageing-rows"; readonly spec: AgeingSpec; readonly drawing: AgeingRowsDrawing }
  | { readonly kind: "bars"; readonly spec: BarsSpec; readonly drawing: BarsDrawing }
  | { readonly kind: "histogram"; readonly spec: HistogramSpec; readonly drawing: HistogramDrawing }
  | { readonly kind: "sparkline"; readonly spec: SparklineSpec; readonly drawing: SparklineDrawing }
  | { readonly kind: "fan"; readonly spec: FanSpec; readonly drawing: FanDrawing }
  | { readonly kind: "ranges"; readonly spec: RangesSpec; readonly drawing: RangesDrawing }
  | { readonly kind: "exceedance"; readonly spec: ExceedanceSpec; readonly drawing: ExceedanceDrawing }
  | { readonly kind: "dots"; readonly spec: DotsSpec; readonly drawing: DotsDrawing }
  | { readonly kind: "tornado"; readonly spec: TornadoSpec; readonly drawing: TornadoDrawing }
  | { readonly kind: "line"; readonly spec: LineSpec; readonly drawing: LineDrawing };

export function lay(spec: Exclude<ChartSpec, TableBarsSpec>, width: number): Laid {
  switch (spec.kind) {
    case "scatter": return { kind: "scatter", spec, drawing: layScatter(spec, width) };
    case "stacked-area": return { kind: "stacked-area", spec, drawing: layArea(spec, width) };
    case "ageing": return areNarrow(spec, width) ? { kind: "ageing-rows", spec, drawing: layAgeingRows(spec, width) } : { kind: "ageing", spec, drawing: layAgeing(spec, width) };
    case "bars": return { kind: "bars", spec, drawing: layBars(spec, width) };
    case "histogram": return { kind: "histogram", spec, drawing: layHistogram(spec, width) };
    case "sparkline": return { kind: "sparkline", spec, drawing: laySparkline(spec, width) };
    case "fan": return { kind: "fan", spec, drawing: layFan(spec, width) };
    case "ranges": return { kind: "ranges", spec, drawing: layRanges(spec, width) };
    case "exceedance": return { kind: "exceedance", spec, drawing: layExceedance(spec, width) };
    case "dots": return { kind: "dots", spec, drawing: layDots(spec, width) };
    case "tornado": return { kind: "tornado", spec, drawing: layTornado(spec, width) };
    case "line": return { kind: "line", spec, drawing: layLine(spec, width) };
  }
}

/** The title of the upright axis: said once, above it. */
export function uprightTitle(spec: ChartSpec): string {
  if (spec.kind === "scatter") return spec.y.label;
  if (spec.kind === "dots" || spec.kind === "tornado") return spec.x; // theirs is the level one
  return "y" in spec ? spec.y : "";
}

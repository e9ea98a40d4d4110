// Charts drawn by ECharts, of it only what reports need, as SVG in the colours of the design system.
import { BarChart, FunnelChart, LineChart, PieChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { CanvasRenderer, SVGRenderer } from "echarts/renderers";

echarts.use([
  BarChart,
  FunnelChart,
  LineChart,
  PieChart,
  AriaComponent,
  GridComponent,
  LegendComponent,
  TooltipComponent,
  CanvasRenderer,
  SVGRenderer,
]);

interface Series {
  name: string;
  unit: string;
  values: (number | null)[];
}

export interface Drawing {
  kind: "bars" | "lines" | "shares" | "funnel";
  categories: string[];
  series: Series[];
}

const COLOURS = [
  "accent",
  "person-solid",
  "run-solid",
  "done-solid",
  "timer-solid",
  "incident-solid",
  "wait-solid",
  "ink-3",
];

export interface Painted {
  /** The address of the chart as a picture, in the colours of the screen. */
  picture(kind: "png" | "svg"): string;
  dispose(): void;
}

export function paint(place: HTMLElement, drawing: Drawing): Painted {
  const css = getComputedStyle(place);
  const colour = (name: string) => css.getPropertyValue(`--${name}`).trim();
  const locale = document.documentElement.lang;
  const chart = echarts.init(place, null, { renderer: "svg", locale });
  chart.setOption(options(drawing, css, colour));
  const watch = new ResizeObserver(() => chart.resize());
  watch.observe(place);
  return {
    picture: (kind) => {
      const size = { width: place.clientWidth, height: place.clientHeight };
      const renderer = kind === "png" ? "canvas" : "svg";
      const drawn = echarts.init(document.createElement("div"), null, { ...size, renderer, locale });
      drawn.setOption({ ...options(drawing, css, colour), backgroundColor: colour("surface") });
      const address = drawn.getDataURL({ type: kind, pixelRatio: 2 });
      drawn.dispose();
      return address;
    },
    dispose: () => {
      watch.disconnect();
      chart.dispose();
    },
  };
}

function options(
  drawing: Drawing,
  css: CSSStyleDeclaration,
  colour: (name: string) => string,
): echarts.EChartsCoreOption {
  const say = numbers(drawing.series[0]?.unit ?? "number");
  return {
    animation: false,
    aria: { enabled: true },
    color: COLOURS.map(colour),
    textStyle: { fontFamily: css.fontFamily, color: colour("ink-2"), fontSize: 12 },
    tooltip: {
      renderMode: "richText",
      trigger: drawing.kind === "bars" || drawing.kind === "lines" ? "axis" : "item",
      backgroundColor: colour("raised"),
      borderColor: colour("line-2"),
      textStyle: { color: colour("ink"), fontSize: 12 },
      valueFormatter: (value: unknown) => (typeof value === "number" ? say.format(value) : "—"),
    },
    ...shape(drawing, colour, say),
  };
}

function numbers(unit: string): Intl.NumberFormat {
  const money = /^[A-Z]{3}$/.test(unit);
  const form: Intl.NumberFormatOptions = money
    ? { style: "currency", currency: unit, maximumFractionDigits: 0 }
    : { maximumFractionDigits: 2 };
  return new Intl.NumberFormat(document.documentElement.lang || "ru", form);
}

function shape(drawing: Drawing, colour: (name: string) => string, say: Intl.NumberFormat): object {
  if (drawing.kind === "shares" || drawing.kind === "funnel") return whole(drawing, colour, say);
  const lines = drawing.kind === "lines";
  return {
    grid: { left: 8, right: 16, top: drawing.series.length > 1 ? 36 : 12, bottom: 8, containLabel: true },
    legend: legend(drawing, colour),
    xAxis: {
      type: "category",
      data: drawing.categories,
      axisLine: { lineStyle: { color: colour("line-2") } },
      axisTick: { show: false },
      axisLabel: { color: colour("ink-2"), hideOverlap: true, width: 110, overflow: "truncate" },
    },
    yAxis: {
      type: "value",
      splitLine: { lineStyle: { color: colour("line") } },
      axisLabel: { color: colour("ink-3"), formatter: (value: number) => say.format(value) },
    },
    series: drawing.series.map((one) => ({
      type: lines ? "line" : "bar",
      name: one.name,
      data: one.values,
      barMaxWidth: 36,
      symbolSize: 6,
      itemStyle: lines ? {} : { borderRadius: [3, 3, 0, 0] },
    })),
  };
}

function whole(drawing: Drawing, colour: (name: string) => string, say: Intl.NumberFormat): object {
  const values = drawing.series[0]?.values ?? [];
  const data = drawing.categories.map((name, place) => ({ name, value: values[place] ?? 0 }));
  const label = {
    color: colour("ink"),
    formatter: (one: { name: string; value: number }) => `${one.name}: ${say.format(one.value)}`,
  };
  if (drawing.kind === "funnel")
    return {
      series: [
        {
          type: "funnel",
          data,
          sort: "none",
          left: 8,
          right: "45%",
          top: 8,
          bottom: 8,
          gap: 2,
          minSize: "4%",
          label: { ...label, position: "right" },
          labelLine: { length: 12, lineStyle: { color: colour("line-2") } },
          itemStyle: { borderWidth: 0 },
        },
      ],
    };
  return {
    series: [
      {
        type: "pie",
        data,
        radius: ["48%", "78%"],
        label,
        itemStyle: { borderColor: colour("surface"), borderWidth: 2 },
      },
    ],
  };
}

function legend(drawing: Drawing, colour: (name: string) => string): object {
  return {
    show: drawing.series.length > 1,
    top: 4,
    left: 8,
    icon: "roundRect",
    itemWidth: 10,
    itemHeight: 10,
    textStyle: { color: colour("ink-2") },
  };
}

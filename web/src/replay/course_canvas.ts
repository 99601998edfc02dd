import { smooth } from "./race_state.js";

export interface Spot {
  metres: number;
  colour: string;
  text: string;
}

export interface CourseColours {
  band: string;
  ink: string;
  soft: string;
  paper: string;
  font: string;
}

/** Draws the field along the course: a crowd as high as it is dense, and some by name. */
export function draw_course(canvas: HTMLCanvasElement, parts: Float32Array, full: number,
                            length_m: number, spots: Spot[], colours: CourseColours): void {
  const ratio = devicePixelRatio || 1;
  const width = canvas.clientWidth, height = canvas.clientHeight;
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
  }
  const pen = canvas.getContext("2d");
  if (!pen) return;
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, width, height);
  draw_field(pen, smooth(parts), full, width, height, colours);
  draw_spots(pen, spots, length_m, width, height, colours);
}

function draw_field(pen: CanvasRenderingContext2D, parts: Float32Array, full: number, width: number,
                    height: number, colours: CourseColours): void {
  const step = width / parts.length, room = height - 28;
  pen.beginPath();
  pen.moveTo(0, height);
  parts.forEach((value, n) => {
    pen.lineTo((n + 0.5) * step, height - Math.min(1, value / full) * room);
  });
  pen.lineTo(width, height);
  pen.closePath();
  pen.fillStyle = colours.band;
  pen.fill();
  pen.strokeStyle = colours.soft;
  pen.lineWidth = 1;
  pen.stroke();
}

function draw_spots(pen: CanvasRenderingContext2D, spots: Spot[], length_m: number, width: number,
                    height: number, colours: CourseColours): void {
  pen.font = `600 12px ${colours.font}`;
  pen.textBaseline = "middle";
  const rows = [-1e9, -1e9, -1e9]; // where the text of each row ends
  for (const spot of [...spots].sort((a, b) => a.metres - b.metres)) {
    const x = (spot.metres / length_m) * width;
    pen.fillStyle = spot.colour;
    pen.fillRect(x - 1, 30, 2, height - 30);
    pen.beginPath();
    pen.arc(x, height - 5, 5, 0, 2 * Math.PI);
    pen.fill();
    const wide = pen.measureText(spot.text).width;
    const left = Math.min(Math.max(0, x - wide / 2), width - wide);
    const row = rows.findIndex((end) => end < left - 8);
    if (row < 0) continue;
    rows[row] = left + wide;
    pen.lineWidth = 4;
    pen.strokeStyle = colours.paper;
    pen.strokeText(spot.text, left, 8 + row * 15);
    pen.fillText(spot.text, left, 8 + row * 15);
  }
}

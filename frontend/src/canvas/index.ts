// What features may use of the engine.
export { Editor } from './editor';
export { CANVAS_KEYS } from './keys';
export type { Clipboard, EditorOptions } from './editor';
export type { EditorSettings, EditorState } from './state';
export type { Label, LabelStyle } from './document/labels';
export { DRAWING } from './drawing';
export type { Drawing } from './drawing';
export { defaultColour } from './document/labels';
export type { Layer, LayerInput } from './document/layers';
export type { Shape } from './document/shapes';
export { shapeIou } from './document/shapes';
export type { Span, WrittenSpan } from './document/spans';
export { isBelow } from './document/suggestions';
export type { SuggestedSpan } from './document/suggestions';
export type { Rect } from './geometry/rect';
export type { Size } from './geometry/points';
export type { LayerPick } from './scene';
export type { Hint, ToolName } from './tools/tool';

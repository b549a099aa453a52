export { AnnotationCanvas } from './AnnotationCanvas';
export type { AnnotationCanvasProps } from './AnnotationCanvas';
export { focusCanvas } from './focus';
export { fetchImage, preloadImage } from './images';
export { useEditorValue } from './useEditorValue';

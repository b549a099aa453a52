export { AnnotationCanvas } from './AnnotationCanvas';
export type { AnnotationCanvasProps } from './AnnotationCanvas';
export { preloadImage } from './images';
export { useEditorValue } from './useEditorValue';

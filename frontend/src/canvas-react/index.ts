export { AnnotationCanvas } from './AnnotationCanvas';
export type { AnnotationCanvasProps } from './AnnotationCanvas';
export { fetchImage, preloadImage } from './images';
export { useEditorValue } from './useEditorValue';

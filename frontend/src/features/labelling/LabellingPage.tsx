export default function LabellingPage({ slug }: { slug: string }) {
  return <main>{slug}</main>;
}

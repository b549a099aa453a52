export default function ReviewingPage({ slug }: { slug: string }) {
  return <main>{slug}</main>;
}

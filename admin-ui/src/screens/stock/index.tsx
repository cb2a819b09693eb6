import { ScreenHeading } from '../../components/blocks.tsx';

export default function StockScreen() {
	return <ScreenHeading title="Stock" />;
}

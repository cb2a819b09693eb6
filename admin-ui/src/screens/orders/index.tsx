import { ScreenHeading } from '../../components/blocks.tsx';

export default function OrdersScreen() {
	return <ScreenHeading title="Orders" />;
}

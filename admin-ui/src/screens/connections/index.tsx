import { ScreenHeading } from '../../components/blocks.tsx';

export default function ConnectionsScreen() {
	return <ScreenHeading title="Connections" />;
}

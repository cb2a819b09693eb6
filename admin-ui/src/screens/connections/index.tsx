import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { ConnectionView } from '../../../../src/contracts/answers.ts';
import { useOperation } from '../../api/client.tsx';
import {
	CommandButton,
	Empty,
	ErrorNotice,
	Facts,
	HealthBadge,
	Link,
	Panel,
	ScreenHeading,
	Skeleton,
	Time,
	navigate,
	useRoute,
} from '../../components/index.ts';
import type { ScreenProps } from '../../screens.ts';
import { useStatus } from '../../status.tsx';
import { ConnectionForm } from './connection-form.tsx';
import { ConnectionDetail } from './detail.tsx';
import { PairCode } from './pair-code.tsx';

export default function ConnectionsScreen( { rest, query }: ScreenProps ) {
	// The console itself has this screen: the connection in the address is what it shows.
	const { connection } = useRoute();
	if ( connection !== null ) {
		return (
			<ConnectionDetail
				key={ connection }
				name={ connection }
				editing={ rest[ 0 ] === 'edit' }
				field={ query[ 'field' ] ?? null }
				check={ query[ 'check' ] !== undefined }
			/>
		);
	}
	return query[ 'new' ] === undefined ? <List /> : <Add />;
}

function Add() {
	return (
		<>
			<ScreenHeading
				title={ __( 'Add a connection', 'pearlbridge' ) }
				back={
					<Link to={ { screen: 'connections' } }>
						{ __( 'All connections', 'pearlbridge' ) }
					</Link>
				}
			/>
			<ConnectionForm
				view={ null }
				onDone={ ( name ) =>
					navigate( {
						screen: 'connections',
						connection: name,
						query: { check: 1 },
					} )
				}
				onCancel={ () => navigate( { screen: 'connections' } ) }
			/>
		</>
	);
}

function List() {
	const list = useOperation(
		'connectionList',
		{},
		{
			refreshOn: ( event ) =>
				event.event === 'changed' && event.what === 'connection',
		}
	);
	const [ pairing, setPairing ] = useState( false );
	const items = list.data?.items ?? null;
	return (
		<>
			<ScreenHeading title={ __( 'Connections', 'pearlbridge' ) }>
				<CommandButton onClick={ () => setPairing( ! pairing ) }>
					{ pairing
						? __( 'Close', 'pearlbridge' )
						: __( 'Pair a shop', 'pearlbridge' ) }
				</CommandButton>
				<AddLink />
			</ScreenHeading>
			<ErrorNotice error={ list.error } retry={ list.reload } />
			<div className="pb-stack">
				{ pairing && (
					<Panel title={ __( 'Pair a shop', 'pearlbridge' ) }>
						<p>
							{ __(
								'Makes a new connection from a shop that has the plugin: the plugin brings the address and the keys, and you fill in Brightpearl.',
								'pearlbridge'
							) }
						</p>
						<PairCode connection={ null } />
					</Panel>
				) }
				{ items === null && list.error === null && (
					<Skeleton height="240px" />
				) }
				{ items?.length === 0 && (
					<Empty
						title={ __( 'No connection yet', 'pearlbridge' ) }
						action={ <AddLink /> }
					>
						{ __(
							'A connection ties one shop to one Brightpearl account.',
							'pearlbridge'
						) }
					</Empty>
				) }
				<div className="pb-cards">
					{ items?.map( ( view ) => (
						<Card key={ view.name } view={ view } />
					) ) }
				</div>
			</div>
		</>
	);
}

function AddLink() {
	return (
		<Link
			className="components-button is-primary is-next-40px-default-size"
			to={ { screen: 'connections', query: { new: 1 } } }
		>
			{ __( 'Add a connection', 'pearlbridge' ) }
		</Link>
	);
}

function Card( { view }: { readonly view: ConnectionView } ) {
	const { name, store, brightpearl, paired, live, settings } = view;
	const { data } = useStatus();
	const state = data?.connections.find( ( one ) => one.name === name );
	const here = { screen: 'connections', connection: name };
	return (
		<Panel
			title={ name }
			actions={
				state === undefined ? undefined : (
					<HealthBadge health={ state.health } />
				)
			}
		>
			{ state?.why != null && <p className="pb-why">{ state.why }</p> }
			<Facts
				items={ [
					{ label: __( 'Shop', 'pearlbridge' ), value: store.url },
					{
						label: __( 'Brightpearl', 'pearlbridge' ),
						value: brightpearl?.account ?? (
							<Link to={ { ...here, rest: [ 'edit' ] } }>
								{ __( 'Fill in', 'pearlbridge' ) }
							</Link>
						),
					},
					{
						label: __( 'Live', 'pearlbridge' ),
						value: live ? (
							<Time at={ settings.goLive } />
						) : (
							<Link
								to={ {
									screen: 'settings',
									connection: name,
									query: { field: 'goLive' },
								} }
							>
								{ __( 'Not yet', 'pearlbridge' ) }
							</Link>
						),
					},
					{
						label: __( 'Plugin', 'pearlbridge' ),
						value:
							paired === null ? (
								__( 'not paired', 'pearlbridge' )
							) : (
								<span>
									{ __( 'paired', 'pearlbridge' ) }{ ' ' }
									<Time at={ paired.since } />
								</span>
							),
					},
				] }
			/>
			<div className="pb-actions">
				<Link
					className="components-button is-secondary is-compact"
					to={ here }
					aria-label={ `${ __( 'Open', 'pearlbridge' ) } ${ name }` }
				>
					{ __( 'Open', 'pearlbridge' ) }
				</Link>
				<Link
					className="components-button is-tertiary is-compact"
					to={ { screen: 'settings', connection: name } }
				>
					{ __( 'Settings', 'pearlbridge' ) }
				</Link>
			</div>
		</Panel>
	);
}

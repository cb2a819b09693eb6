/** The findings of one kind: what the shop has, what is wrong, and a guess that can be taken over. */
import { Button } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import type { MappingItem } from '../../../../src/contracts/answers.ts';
import {
	Badge,
	CommandButton,
	DataTable,
	Link,
	Nothing,
	Panel,
	formatNumber,
} from '../../components/index.ts';
import type { Column } from '../../components/index.ts';
import { inWords } from '../problems/setting-names.ts';
import { isProposed } from './proposals.ts';
import type { Group } from './report.ts';
import { itemKey } from './report.ts';
import { fieldOfKind, kindName, levelLabel } from './words.ts';

/** So many are shown at once; the rest on demand. */
const SHORT = 10;

export function GroupPanel( {
	connection,
	group: { kind, items },
	chosen,
	onChosen,
}: {
	readonly connection: string;
	readonly group: Group;
	readonly chosen: ReadonlySet< string >;
	readonly onChosen: ( chosen: ReadonlySet< string > ) => void;
} ) {
	const [ all, setAll ] = useState( false );
	const shown = all ? items : items.slice( 0, SHORT );
	const more = items.length - shown.length;
	const proposed = items.filter( isProposed ).map( itemKey );
	const field = fieldOfKind( kind );
	const put = ( keys: readonly string[], on: boolean ): void => {
		const next = new Set( chosen );
		for ( const key of keys ) {
			if ( on ) {
				next.add( key );
			} else {
				next.delete( key );
			}
		}
		onChosen( next );
	};
	const every = proposed.every( ( key ) => chosen.has( key ) );
	return (
		<Panel
			title={ sprintf(
				/* translators: 1: kind of things, such as Payment methods, 2: how many */
				__( '%1$s (%2$s)', 'pearlbridge' ),
				kindName( kind ),
				formatNumber( items.length )
			) }
			actions={
				<>
					{ proposed.length > 1 && (
						<CommandButton
							size="compact"
							variant="tertiary"
							label={ sprintf(
								/* translators: %s: kind of things, such as Payment methods */
								every
									? __(
											'Choose no proposal: %s',
											'pearlbridge'
										)
									: __(
											'Choose all proposals: %s',
											'pearlbridge'
										),
								kindName( kind )
							) }
							onClick={ () => put( proposed, ! every ) }
						>
							{ every
								? __( 'Choose no proposal', 'pearlbridge' )
								: __( 'Choose all proposals', 'pearlbridge' ) }
						</CommandButton>
					) }
					{ field !== null && (
						<Link
							className="components-button is-secondary is-compact"
							to={ {
								screen: 'settings',
								connection,
								query: { field },
							} }
						>
							{ __( 'Open the setting', 'pearlbridge' ) }
						</Link>
					) }
				</>
			}
			flush
		>
			<DataTable
				caption={ kindName( kind ) }
				columns={ columns( chosen, put ).filter(
					// A column that says nothing of any of them is none.
					( { id } ) =>
						! EMPTIABLE.has( id ) ||
						items.some( ( item ) => hasIn( item, id ) )
				) }
				items={ shown }
				itemKey={ itemKey }
				empty={ null }
			/>
			{ more > 0 && (
				<div className="pb-readiness__more">
					<Button variant="link" onClick={ () => setAll( true ) }>
						{ sprintf(
							/* translators: %s: number of things not shown yet */
							_n(
								'Show %s more',
								'Show %s more',
								more,
								'pearlbridge'
							),
							formatNumber( more )
						) }
					</Button>
				</div>
			) }
		</Panel>
	);
}

const EMPTIABLE: ReadonlySet< string > = new Set( [
	'brightpearl',
	'proposal',
	'orders',
] );

function hasIn( item: MappingItem, column: string ): boolean {
	return item[ column as 'brightpearl' | 'proposal' | 'orders' ] !== null;
}

function columns(
	chosen: ReadonlySet< string >,
	put: ( keys: readonly string[], on: boolean ) => void
): readonly Column< MappingItem >[] {
	return [
		{
			id: 'store',
			label: __( 'In the shop', 'pearlbridge' ),
			primary: true,
			width: '24%',
			render: ( { store, name } ) => (
				<>
					<span className="pb-map__name">{ name ?? store }</span>
					{ name !== null && (
						<span className="pb-map__hint">
							{ store === '' ? (
								<Nothing />
							) : (
								<code>{ store }</code>
							) }
						</span>
					) }
				</>
			),
		},
		{
			id: 'message',
			label: __( 'What was found', 'pearlbridge' ),
			render: ( { level, message } ) => (
				<div className="pb-orders__state">
					<Badge label={ levelLabel( level ) } />
					<span className="pb-readiness__message">
						{ inWords( message ) }
					</span>
				</div>
			),
		},
		{
			id: 'brightpearl',
			label: __( 'In Brightpearl', 'pearlbridge' ),
			width: '14%',
			render: ( { brightpearl } ) => brightpearl ?? <Nothing />,
		},
		{
			id: 'proposal',
			label: __( 'Proposal', 'pearlbridge' ),
			width: '26%',
			render: ( item ) =>
				isProposed( item ) ? (
					<label className="pb-radio">
						<input
							type="checkbox"
							checked={ chosen.has( itemKey( item ) ) }
							onChange={ ( { currentTarget } ) =>
								put(
									[ itemKey( item ) ],
									currentTarget.checked
								)
							}
						/>
						<span>
							<span className="pb-hidden">
								{ sprintf(
									/* translators: %s: what the shop has, such as a SKU */
									__( 'Take over for %s:', 'pearlbridge' ),
									item.name ?? item.store
								) }{ ' ' }
							</span>
							{ item.proposal.label }
							<small>{ item.proposal.why }</small>
						</span>
					</label>
				) : (
					<Nothing />
				),
		},
		{
			id: 'orders',
			label: __( 'Orders in 90 days', 'pearlbridge' ),
			align: 'end',
			width: '90px',
			render: ( { orders } ) =>
				orders === null ? <Nothing /> : formatNumber( orders ),
		},
	];
}

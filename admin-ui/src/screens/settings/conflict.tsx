import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type {
	Choices,
	SettingsState,
} from '../../../../src/contracts/answers.ts';
import {
	CommandButton,
	Panel,
	Segmented,
	Time,
	ToneIcon,
} from '../../components/index.ts';
import { describeValue } from './describe.ts';
import { compareAll } from './draft.ts';
import type { Draft } from './draft.ts';
import { labelOf } from './fields.ts';
import { readAt } from './tree.ts';

const CONFLICT = 'pb-conflict';

/** It stands at the top of a long form, out of sight of who wants to save. */
export function showConflict(): void {
	const panel = document.getElementById( CONFLICT );
	panel?.scrollIntoView( { block: 'start' } );
	panel?.focus( { preventScroll: true } );
}

/** Somebody else saved meanwhile: what they changed, and whose word counts where both did. */
export function Conflict( {
	base,
	draft,
	latest,
	choices,
	onMerge,
	onTheirs,
}: {
	readonly base: Draft;
	readonly draft: Draft;
	readonly latest: SettingsState;
	readonly choices: Choices | null;
	/** With the paths of what stays mine. */
	readonly onMerge: ( keep: readonly string[] ) => void;
	readonly onTheirs: () => void;
} ) {
	const { theirs, both, mine } = compareAll( base, draft, latest.settings );
	const [ taken, setTaken ] = useState< ReadonlySet< string > >( new Set() );
	const say = ( tree: Draft, path: string ): string =>
		describeValue( path, readAt( tree, path ), choices );
	return (
		<div
			id={ CONFLICT }
			className="pb-conflict"
			role="alert"
			tabIndex={ -1 }
		>
			<Panel
				title={ __( 'Changed meanwhile', 'pearlbridge' ) }
				actions={ <ToneIcon tone="warning" /> }
			>
				<p>
					{ sprintf(
						/* translators: %s: who saved */
						__(
							'%s saved other settings while you were editing. Nothing of yours is lost.',
							'pearlbridge'
						),
						latest.savedBy ?? __( 'Somebody', 'pearlbridge' )
					) }{ ' ' }
					<Time at={ latest.savedAt } />
				</p>
				<p className="pb-muted">
					{ __(
						'In a table, “Mine” keeps the lines you changed; the other lines are theirs.',
						'pearlbridge'
					) }
				</p>
				<div className="pb-table-box pb-map-box">
					<table className="pb-table pb-diff" role="table">
						<caption className="pb-hidden">
							{ __( 'What was changed', 'pearlbridge' ) }
						</caption>
						<thead role="rowgroup">
							<tr role="row">
								<th role="columnheader" scope="col">
									{ __( 'Setting', 'pearlbridge' ) }
								</th>
								<th role="columnheader" scope="col">
									{ __( 'Theirs', 'pearlbridge' ) }
								</th>
								<th role="columnheader" scope="col">
									{ __( 'Mine', 'pearlbridge' ) }
								</th>
								<th role="columnheader" scope="col">
									{ __( 'What counts', 'pearlbridge' ) }
								</th>
							</tr>
						</thead>
						<tbody role="rowgroup">
							{ [ ...both, ...theirs ].map( ( path ) => (
								<tr key={ path } role="row">
									<th role="rowheader" scope="row">
										{ labelOf( path ) }
									</th>
									<td
										role="cell"
										data-label={ __(
											'Theirs',
											'pearlbridge'
										) }
									>
										{ say( latest.settings, path ) }
									</td>
									<td
										role="cell"
										data-label={ __(
											'Mine',
											'pearlbridge'
										) }
									>
										{ both.includes( path )
											? say( draft, path )
											: __(
													'not changed',
													'pearlbridge'
												) }
									</td>
									<td
										role="cell"
										data-label={ __(
											'What counts',
											'pearlbridge'
										) }
									>
										{ both.includes( path ) ? (
											<Segmented
												label={ labelOf( path ) }
												value={
													taken.has( path )
														? 'theirs'
														: 'mine'
												}
												options={ [
													{
														value: 'mine',
														label: __(
															'Mine',
															'pearlbridge'
														),
													},
													{
														value: 'theirs',
														label: __(
															'Theirs',
															'pearlbridge'
														),
													},
												] }
												onChange={ ( whose ) => {
													const next = new Set(
														taken
													);
													if ( whose === 'theirs' ) {
														next.add( path );
													} else {
														next.delete( path );
													}
													setTaken( next );
												} }
											/>
										) : (
											__( 'Theirs', 'pearlbridge' )
										) }
									</td>
								</tr>
							) ) }
						</tbody>
					</table>
				</div>
				<div className="pb-actions">
					<CommandButton
						variant="primary"
						onClick={ () =>
							onMerge( [
								...mine,
								...both.filter(
									( path ) => ! taken.has( path )
								),
							] )
						}
					>
						{ __( 'Go on with this', 'pearlbridge' ) }
					</CommandButton>
					<CommandButton onClick={ onTheirs }>
						{ __( 'Take all of theirs, drop mine', 'pearlbridge' ) }
					</CommandButton>
				</div>
			</Panel>
		</div>
	);
}

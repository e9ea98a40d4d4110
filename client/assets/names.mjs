// The lucide icons that the product may show. A name is added here when a template first needs it; the
// sprite holds these and nothing else.
export const icons = `
alarm-clock archive arrow-down arrow-down-up arrow-left arrow-right arrow-up arrow-up-from-line at-sign banknote
bell bell-off book-open braces briefcase building-2 calendar calendar-clock calendar-plus chart-column chart-gantt check
check-check chevron-down chevron-left chevron-right chevron-up chevrons-up-down circle circle-alert circle-check-big
circle-help circle-x clock columns-3 contact-round copy corner-up-right door-open download ellipsis external-link eye
eye-off file file-output file-signature file-text filter flag flask-conical folder folder-plus git-branch git-fork
globe grip-vertical hash history image inbox info kanban key languages layers layout-dashboard link list list-checks list-filter
list-todo lock log-out mail mail-plus map-pin maximize menu message-circle message-square minus monitor moon move
newspaper octagon-x package palmtree panel-left paperclip pause pencil pencil-line phone phone-incoming phone-missed
pin plane play plus printer receipt redo-2 refresh-cw repeat replace rotate-ccw route rows-3 russian-ruble search send server settings
settings-2 share-2 shield sliders-horizontal split square-check square-kanban square-pen stamp star sun table-2 tag
text text-cursor-input thumbs-up timer toggle-left trash-2 triangle-alert type undo-2 upload user-round user-round-cog
user-round-plus users-round variable webhook workflow wrench x zap
`
  .trim()
  .split(/\s+/);

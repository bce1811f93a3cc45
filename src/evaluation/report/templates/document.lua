-- What the writers of pandoc leave out: looks by class, alternative texts, widths of columns, contents lists.

local typst = FORMAT == "typst"

local BOX = {lead = "Lead", note = "Note", sure = "Sure", meta = "Meta", sim = "Simulated", summary = "Summary"}
local TONE = {good = "Good", open = "Open", bad = "Bad", plain = "Plain"}

local function quoted(text)
  return '"' .. text:gsub("\\", "\\\\"):gsub('"', '\\"') .. '"'
end

local function between(before, blocks, after)
  local made = pandoc.List({pandoc.RawBlock("typst", before)})
  made:extend(blocks)
  made:insert(pandoc.RawBlock("typst", after))
  return made
end

local function first_class(element, known)
  for _, class in ipairs(element.classes) do
    if known[class] then return class end
  end
end

function Image(image)
  if typst then
    local alt = pandoc.utils.stringify(image.caption)
    return pandoc.RawInline("typst", "#picture(" .. quoted(image.src) .. ", " .. quoted(alt) .. ")")
  end
  image.attributes.width = "16.5cm"
  return image
end

function Span(span)
  local tone = first_class(span, TONE)
  if span.classes:includes("mark") then return span.content end
  if tone and typst then
    local made = pandoc.List({pandoc.RawInline("typst", "#verdict(" .. quoted(tone) .. ")[")})
    made:extend(span.content)
    made:insert(pandoc.RawInline("typst", "]"))
    return made
  end
  if tone then
    return pandoc.Span(span.content, {["custom-style"] = "Verdict " .. TONE[tone]})
  end
end

-- A word's contents list is a field that the reader can bring up to date; its entries are there from the start.
local FIELD = {
  start = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \\o "1-2" \\h \\z \\u </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>',
  stop = '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
}

local function entries(list, depth, found)
  for _, item in ipairs(list.content) do
    for _, block in ipairs(item) do
      if block.t == "OrderedList" then
        entries(block, depth + 1, found)
      else
        found:insert({depth = depth, inlines = block.content})
      end
    end
  end
  return found
end

local function contents(div)
  if typst then return pandoc.RawBlock("typst", "#contents") end
  local made = pandoc.List()
  for _, block in ipairs(div.content) do
    if block.t == "OrderedList" then
      local found = entries(block, 1, pandoc.List())
      found[1].inlines:insert(1, pandoc.RawInline("openxml", FIELD.start))
      found[#found].inlines:insert(pandoc.RawInline("openxml", FIELD.stop))
      for _, entry in ipairs(found) do
        made:insert(pandoc.Div({pandoc.Para(entry.inlines)}, {["custom-style"] = "toc " .. entry.depth}))
      end
    else
      made:insert(pandoc.Div({block}, {["custom-style"] = "TOC Heading"}))
    end
  end
  return made
end

local function new_page(blocks)
  local made = pandoc.List(blocks)
  if typst then
    made:insert(1, pandoc.RawBlock("typst", "#pagebreak(weak: true)"))
  else
    made:insert(1, pandoc.RawBlock("openxml", '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'))
  end
  return made
end

function Div(div)
  if div.classes:includes("contents") then return contents(div) end
  if div.classes:includes("poster") then return new_page(div.content) end
  local class = first_class(div, BOX)
  if not class then return div.content end
  if typst then return between("#" .. class .. "[", div.content, "]") end
  div.attributes["custom-style"] = BOX[class]
  return div
end

local LINE = typst and 88 or 98
local MOST, OVER_NUMBERS = 60, 16
-- Where a table is crowded, words over numbers are hyphenated, which Word does not do by itself.
local BROKEN = 12

local function letters(text)
  return utf8.len(text) or #text
end

-- How many letters a cell needs: its longest word, or all of it where it is a number.
local function need(text, number)
  local longest = 4
  for word in text:gmatch("[^ \n]+") do longest = math.max(longest, letters(word) + 2) end
  return number and math.max(longest, math.min(letters(text) + 2, 18)) or longest
end

-- Every column gets what its cells need; those with longer texts share what is left of the line. What stands
-- over numbers may take several lines, and its words at most so many letters of one, so that the room goes to
-- the text beside them.
local function widths(rows, columns, over_numbers)
  local least, more, total, wish = {}, {}, 0, 0
  for place = 1, columns do least[place], more[place] = place == 1 and 18 or 6, 0 end
  for position, row in ipairs(rows) do
    for place, cell in ipairs(row.cells) do
      local text = pandoc.utils.stringify(cell.contents)
      local number = cell.attr.classes:includes("n")
      local needed = need(text, number and position > 1)
      if number and position == 1 then needed = math.min(needed, over_numbers) end
      least[place] = math.max(least[place], needed)
      more[place] = math.max(more[place], math.min(letters(text), number and OVER_NUMBERS or MOST))
    end
  end
  for place = 1, columns do
    more[place] = math.max(0, more[place] - least[place])
    total, wish = total + least[place], wish + more[place]
  end
  local left, shares = math.max(0, LINE - total), {}
  for place = 1, columns do
    local part = wish > 0 and more[place] / wish or 1 / columns
    shares[place] = (least[place] + left * part) / (total + left)
  end
  return shares, total > LINE
end

local function styled(rows, heading)
  for _, row in ipairs(rows) do
    local cells = row.cells
    for place, cell in ipairs(cells) do
      local style = (heading or place == 1) and "Table Heading" or "Table Text"
      local paragraphs = cell.contents:map(function(block)
        return block.t == "Plain" and pandoc.Para(block.content) or block
      end)
      cell.contents = {pandoc.Div(paragraphs, {["custom-style"] = style})}
      cells[place] = cell
    end
    row.cells = cells
  end
  return rows
end

local function in_word(table)
  local head = table.head
  head.rows = styled(head.rows, true)
  table.head = head
  local bodies = table.bodies
  for _, body in ipairs(bodies) do body.body = styled(body.body, false) end
  table.bodies = bodies
  return table
end

function Table(table)
  local rows = table.head.rows:clone()
  for _, body in ipairs(table.bodies) do rows:extend(body.body) end
  local shares, crowded = widths(rows, #table.colspecs, LINE)
  if crowded and typst then shares = widths(rows, #table.colspecs, BROKEN) end
  local header = table.head.rows[1]
  for place, spec in ipairs(table.colspecs) do
    local number = header and header.cells[place].attr.classes:includes("n")
    table.colspecs[place] = {number and pandoc.AlignRight or pandoc.AlignLeft, shares[place]}
  end
  if not typst then return in_word(table) end
  return crowded and between("#crowded[", {table}, "]") or table
end

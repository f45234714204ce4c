using System.Text;
using Spectre.Console;

namespace Pyrite.Terminal.Tests;

/// <summary>A terminal of some width that understands what a live display writes: text, new lines, the cursor up, the rest erased.</summary>
internal sealed class Screen : StringWriter
{
    private readonly List<StringBuilder> rows = [new()];
    private int row;
    private int column;

    public Screen(int width = 80, bool isUnicode = true)
    {
        NewLine = "\n";
        Console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(this),
        });
        Console.Profile.Width = width;
        Console.Profile.Height = 24;
        Console.Profile.Capabilities.Unicode = isUnicode;
        Width = width;
    }

    public IAnsiConsole Console { get; }

    public int Width { get; }

    /// <summary>What a person sees, without spaces at the ends of lines.</summary>
    public string Shown => string.Join('\n', rows.Select(line => line.ToString().TrimEnd())).TrimEnd('\n');

    /// <summary>Where the cursor stands.</summary>
    public (int Row, int Column) Cursor => (row, column);

    public override void Write(char value) => Write(value.ToString());

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    public override void WriteLine(string? value) => Write(value + "\n");

    public override void Write(string? value)
    {
        string text = value ?? "";
        for (int i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\e':
                    i = Escape(text, i);
                    break;
                case '\n':
                    (row, column) = (row + 1, 0);
                    AddRows();
                    break;
                case '\r':
                    column = 0;
                    break;
                default:
                    Put(text[i]);
                    break;
            }
        }
    }

    private int Escape(string text, int start)
    {
        int end = start + 2;
        while (!char.IsLetter(text[end]))
        {
            end++;
        }
        string number = text[(start + 2)..end];
        switch (text[end])
        {
            case 'A':
                row = Math.Max(0, row - int.Parse(number, System.Globalization.CultureInfo.InvariantCulture));
                break;
            case 'J':
                rows[row].Length = Math.Min(rows[row].Length, column);
                rows.RemoveRange(row + 1, rows.Count - row - 1);
                break;
            case 'm':
                break;
            default:
                throw new InvalidOperationException($"This screen does not know the escape sequence {text[(start + 1)..(end + 1)]}.");
        }
        return end;
    }

    private void Put(char letter)
    {
        if (column == Width)
        {
            (row, column) = (row + 1, 0);
            AddRows();
        }
        StringBuilder line = rows[row];
        while (line.Length <= column)
        {
            line.Append(' ');
        }
        line[column++] = letter;
    }

    private void AddRows()
    {
        while (rows.Count <= row)
        {
            rows.Add(new());
        }
    }
}

using System.Text;

namespace Pyrite.Displays;

/// <summary>Stands for a stream of the console while a region is shown: what is printed goes above the region.</summary>
internal sealed class ConsoleAbove : TextWriter
{
    private readonly TextWriter stream;
    private readonly LiveRegion region;
    private readonly Action restore;

    private ConsoleAbove(TextWriter stream, LiveRegion region, Action restore)
        : base(stream.FormatProvider)
    {
        this.stream = stream;
        this.region = region;
        this.restore = restore;
    }

    public override Encoding Encoding => stream.Encoding;

    /// <summary>Takes the place of the standard output.</summary>
    public static ConsoleAbove Out(LiveRegion region)
    {
        TextWriter before = Console.Out;
        TextWriter? placed = null;
        ConsoleAbove above = new(before, region, () => Restore(placed == Console.Out, before, Console.SetOut));
        Console.SetOut(above);
        placed = Console.Out;
        return above;
    }

    /// <summary>Takes the place of the standard error stream.</summary>
    public static ConsoleAbove Error(LiveRegion region)
    {
        TextWriter before = Console.Error;
        TextWriter? placed = null;
        ConsoleAbove above = new(before, region, () => Restore(placed == Console.Error, before, Console.SetError));
        Console.SetError(above);
        placed = Console.Error;
        return above;
    }

    /// <summary>Gives the console its own stream back, unless the program has set another meanwhile.</summary>
    public void Restore() => restore();

    public override void Write(char value) => region.PrintAbove(stream, [value]);

    public override void Write(string? value) => region.PrintAbove(stream, value);

    public override void Write(char[] buffer, int index, int count) => region.PrintAbove(stream, buffer.AsSpan(index, count));

    public override void Write(ReadOnlySpan<char> buffer) => region.PrintAbove(stream, buffer);

    public override void WriteLine() => region.PrintAbove(stream, Environment.NewLine);

    public override void WriteLine(string? value) => region.PrintAbove(stream, value + Environment.NewLine);

    private static void Restore(bool isPlaced, TextWriter before, Action<TextWriter> set)
    {
        if (isPlaced)
        {
            set(before);
        }
    }
}

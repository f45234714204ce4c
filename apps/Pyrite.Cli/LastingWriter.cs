using System.Text;
using Pyrite.Serialization;

namespace Pyrite.Cli;

/// <summary>Writes to a stream for as long as it can be written, then to nowhere, and remembers why.</summary>
internal sealed class LastingWriter(Func<TextWriter> open) : TextWriter
{
    private TextWriter? inner;

    public override Encoding Encoding => Encoding.UTF8;

    /// <summary>Why text was lost; null while all is well.</summary>
    public string? Problem { get; private set; }

    public override void Write(char value) => Try(writer => writer.Write(value));

    public override void Write(string? value) => Try(writer => writer.Write(value));

    public override void Write(char[] buffer, int index, int count) => Try(writer => writer.Write(buffer, index, count));

    public override void WriteLine() => Try(writer => writer.WriteLine());

    public override void WriteLine(string? value) => Try(writer => writer.WriteLine(value));

    public override void Flush() => Try(writer => writer.Flush());

    private void Try(Action<TextWriter> write)
    {
        if (Problem is not null)
        {
            return;
        }
        try
        {
            write(inner ??= open());
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException or ObjectDisposedException)
        {
            Problem = FileTarget.Reason(problem);
        }
    }
}

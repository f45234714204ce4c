using System.Text;

namespace Pyrite.Messages;

/// <summary>The few words by which a rank that fails tells the others.</summary>
internal static class FailureNote
{
    /// <summary>The size of the longest note.</summary>
    public const int MostBytes = 512;

    /// <summary>The beginning of a text, as bytes; never none.</summary>
    public static byte[] Write(string text)
    {
        byte[] bytes = new byte[MostBytes];
        Encoding.UTF8.GetEncoder().Convert(text + " ", bytes, flush: true, out _, out int used, out _);
        return bytes[..used];
    }

    /// <summary>The text of a note.</summary>
    public static string Read(ReadOnlySpan<byte> note) => Encoding.UTF8.GetString(note).TrimEnd();
}

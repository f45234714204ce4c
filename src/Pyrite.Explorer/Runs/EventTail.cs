using System.Text;
using System.Text.Json;

namespace Pyrite.Runs;

/// <summary>Reads what a run has told since the last look.</summary>
/// <remarks>The file is data from outside: lines that are no JSON object, or longer than 4 KB, are passed over; at most 64 KB are taken at a
/// time.</remarks>
internal sealed class EventTail(string path)
{
    private const int MostBytes = 1 << 16;
    private const int LongestLine = 1 << 12;
    private const int HeadBytes = 128;

    private long position;
    private byte[] head = [];

    /// <summary>The complete lines since the last look.</summary>
    /// <param name="isNew">Whether the file is another one than at the last look, so that what was read before is of an earlier run.</param>
    /// <param name="isMore">Whether there is more to read at once.</param>
    public IReadOnlyList<string> Read(out bool isNew, out bool isMore)
    {
        (isNew, isMore) = (false, false);
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
            byte[] start = new byte[(int)Math.Min(HeadBytes, file.Length)];
            file.ReadExactly(start);
            if (file.Length < position || !start.AsSpan().StartsWith(head))
            {
                (isNew, position, head) = (true, 0, []);
            }
            if (head.Length < HeadBytes)
            {
                head = start;
            }
            byte[] bytes = new byte[(int)Math.Min(MostBytes, file.Length - position)];
            file.Position = position;
            file.ReadExactly(bytes);
            int end = bytes.AsSpan().LastIndexOf((byte)'\n') + 1;
            isMore = bytes.Length == MostBytes;

            // A line that does not end within a whole stretch is none of ours.
            position += end == 0 && isMore ? bytes.Length : end;
            return [.. Encoding.UTF8.GetString(bytes, 0, end).Split('\n').Where(IsEvent)];
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static bool IsEvent(string line)
    {
        if (line.Length is 0 or > LongestLine)
        {
            return false;
        }
        try
        {
            using JsonDocument parsed = JsonDocument.Parse(line);
            return parsed.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}

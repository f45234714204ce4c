using System.Globalization;
using Pyrite.Runs;

namespace Pyrite.Explorer.Tests.Runs;

/// <summary>What is read of a file that grows, ends in the middle of a line, or is another one.</summary>
[Trait("Once", "Cultures")]
public sealed class EventTailTests : IDisposable
{
    private readonly string path = Path.Combine(Directory.CreateTempSubdirectory("pyrite-tail-").FullName, "events.jsonl");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);

    [Fact]
    public void Lines_come_once_and_only_when_they_are_complete()
    {
        EventTail tail = new(path);
        Assert.Empty(tail.Read(out _, out _));

        File.WriteAllText(path, "{\"event\":\"start\"}\n{\"a\":1}\n{\"b\"");
        Assert.Equal(["{\"event\":\"start\"}", "{\"a\":1}"], tail.Read(out bool isNew, out _));
        Assert.False(isNew);
        Assert.Empty(tail.Read(out _, out _));

        File.AppendAllText(path, ":2}\n");
        Assert.Equal(["{\"b\":2}"], tail.Read(out isNew, out _));
        Assert.False(isNew);
    }

    [Fact]
    public void Another_run_is_told_from_the_one_before_even_where_it_is_longer()
    {
        EventTail tail = new(path);
        File.WriteAllText(path, "{\"event\":\"start\",\"run\":\"one\"}\n");
        _ = tail.Read(out _, out _);

        File.WriteAllText(path, "{\"event\":\"start\",\"run\":\"two\"}\n{\"a\":1}\n");

        Assert.Equal(2, tail.Read(out bool isNew, out _).Count);
        Assert.True(isNew);
    }

    [Fact]
    public void Long_files_come_in_pieces_and_nothing_is_lost()
    {
        string[] lines = [.. Enumerable.Range(0, 20_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"{{\"line\":{i}}}"))];
        File.WriteAllText(path, string.Join('\n', lines) + "\n");
        EventTail tail = new(path);
        List<string> read = [];
        int looks = 0;
        for (bool isMore = true; isMore; looks++)
        {
            IReadOnlyList<string> some = tail.Read(out _, out isMore);
            Assert.True(some.Sum(line => line.Length + 1) <= 1 << 16);
            read.AddRange(some);
        }

        Assert.Equal(lines, read);
        Assert.True(looks > 2);
    }

    [Fact]
    public void What_is_no_event_is_passed_over()
    {
        string endless = new('x', 200_000);
        File.WriteAllText(path, $"[1]\nnonsense\n\n{{\"long\":\"{new string('y', 5_000)}\"}}\n{endless}\n{{\"good\":true}}\n");
        EventTail tail = new(path);
        List<string> read = [];
        for (int look = 0; look < 10; look++)
        {
            read.AddRange(tail.Read(out _, out _));
        }

        Assert.Equal(["{\"good\":true}"], read);
    }
}

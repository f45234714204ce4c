namespace Pyrite.Launching;

public sealed class HostShareTests
{
    [Theory]
    [InlineData("0-3,8", "0 1 2 3 8")]
    [InlineData("5", "5")]
    [InlineData("", "")]
    public void A_list_of_processors_is_read(string list, string expected) =>
        Assert.Equal(expected, string.Join(' ', Processors.Parse(list).Order()));

    [Theory]
    [InlineData("0-7 0-7", 8, 4, false)]             // two ranks that were not bound share the host
    [InlineData("0-3 4-7", 8, 4, false)]             // two that were bound apart have what they were given
    [InlineData("0 1", 8, 1, true)]                  // mpirun's default
    [InlineData("0 1", 2, 1, false)]                 // all that the host has
    [InlineData("0-1 0-1 0-1 0-1", 2, 1, false)]     // more ranks than processors
    [InlineData("0-7", 8, 8, false)]
    public void Ranks_share_the_processors_that_both_may_use(string lists, int hostProcessors, int threads, bool isBoundTightly)
    {
        RankPlace[] places = [.. lists.Split(' ').Select(list => Place("a", list, hostProcessors)), Place("b", "0-7", 8)];

        Assert.Equal(new HostShare(threads, isBoundTightly), HostShare.Of(0, places));
        Assert.Equal(new HostShare(8, false), HostShare.Of(places.Length - 1, places));
    }

    [Fact]
    public void Where_the_system_does_not_tell_ranks_share_what_dotnet_sees()
    {
        RankPlace[] places = [Place("a", "", 8), Place("a", "", 8), Place("a", "", 8)];

        Assert.Equal(2, HostShare.Of(1, places).Threads);
    }

    [Fact]
    public void A_limit_of_processor_time_counts_beside_the_list()
    {
        RankPlace[] places = [Place("a", "0-63", 64) with { ProcessorCount = 4 }, Place("a", "0-63", 64) with { ProcessorCount = 4 }];

        Assert.Equal(2, HostShare.Of(0, places).Threads);
    }

    [Fact]
    public void A_place_goes_through_text_unchanged()
    {
        RankPlace place = Place("node-7", "0-3,8", 12);

        Assert.Equal(place, RankPlace.Read(place.Write()));
    }

    private static RankPlace Place(string host, string processors, int hostProcessors) =>
        new(host, processors, hostProcessors, hostProcessors);
}

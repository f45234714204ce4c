namespace Pyrite.Tests;

public sealed class IndexGoldenTests
{
    private static readonly Dictionary<string, GoldenRun.Operation> Operations = new()
    {
        ["gather"] = (x, a) => [x[0].TakeAlong(x[1], a.Int("dim"))],
        ["take_along_dim"] = (x, a) => [x[0].TakeAlong(x[1], a.Int("dim"), broadcast: true)],
        ["index_select"] = (x, a) => [x[0].Take(x[1], a.Int("dim"))],
        ["scatter_add"] = (x, a) => [x[0].ScatterAdd(x[1], x[2], a.Int("dim"))],
        ["scatter"] = (x, a) => [x[0].Scatter(x[1], x[2], a.Int("dim"))],
        ["index_add"] = (x, a) => [x[0].IndexAdd(a.Int("dim"), x[1], x[2])],
        ["index"] = (x, a) => [x[0][Entries(x[0].Rank, a.Ints("positions"), x[1..])]],
        ["index_put"] = (x, a) => [a.Bool("accumulate")
            ? x[0].Accumulate(x[1], Entries(x[0].Rank, a.Ints("positions"), x[2..]))
            : x[0].Replace(x[1], Entries(x[0].Rank, a.Ints("positions"), x[2..]))],
        ["boolean_mask"] = (x, _) => [x[0][x[1]]],
        ["masked_fill"] = (x, a) => [x[0].MaskedFill(x[1], a.Number("value"))],
        ["nonzero"] = (x, _) => [x[0].NonZero()],
        ["searchsorted"] = (x, a) => [x[0].SearchSorted(x[1], a.Bool("right"))],
        ["bincount"] = (x, a) => [x[0].BinCount(a.Int("minlength"))],
        ["embedding"] = (x, a) => [x[0].Embedding(x[1], a.Has("padding_idx") ? a.Int("padding_idx") : null)],
    };

    private static readonly GoldenGroup Group = new("index");

    public static TheoryData<string> Names => Group.Names;

    [Theory, MemberData(nameof(Names))]
    public void Case_holds(string name) => GoldenRun.Check(Group, name, Operations);

    private static TensorIndex[] Entries(int rank, int[] positions, Tensor[] arrays)
    {
        TensorIndex[] entries = [.. Enumerable.Repeat((TensorIndex)Range.All, rank)];
        for (int i = 0; i < positions.Length; i++)
        {
            entries[positions[i]] = arrays[i];
        }
        return entries;
    }
}

using System.Text.Json;

namespace Pyrite.Tests;

public sealed class ShapeGoldenTests
{
    internal static readonly Dictionary<string, GoldenRun.Operation> Operations = new()
    {
        ["reshape"] = (x, a) => [x[0].Reshape(a.Ints("shape"))],
        ["permute"] = (x, a) => [x[0].Permute(a.Ints("dims"))],
        ["transpose"] = (x, a) => [x[0].Transpose(a.Int("dim0"), a.Int("dim1"))],
        ["movedim"] = (x, a) => [x[0].MoveAxis(a.Int("source"), a.Int("destination"))],
        ["expand"] = (x, a) => [x[0].BroadcastTo(Shape.Create(a.Ints("shape")))],
        ["squeeze"] = (x, a) => [a.Has("dim") ? x[0].Squeeze(a.Int("dim")) : x[0].Squeeze()],
        ["unsqueeze"] = (x, a) => [x[0].Unsqueeze(a.Int("dim"))],
        ["flatten"] = (x, a) => [x[0].Flatten(a.Int("start_dim"), a.Int("end_dim"))],
        ["concat"] = (x, a) => [Tensor.Concat(x, a.Int("dim"))],
        ["stack"] = (x, a) => [Tensor.Stack(x, a.Int("dim"))],
        ["split"] = (x, a) => x[0].Split(a.Ints("sizes"), a.Int("dim")),
        ["chunk"] = (x, a) => x[0].Chunk(a.Int("chunks"), a.Int("dim")),
        ["slice"] = (x, a) => [x[0][[.. a.Raw("slices").EnumerateArray().Select((entry, axis) => Slice(entry, x[0].Shape[axis]))]]],
        ["select"] = (x, a) => [x[0].Select(a.Int("dim"), Position(a.Int("index")))],
        ["narrow"] = (x, a) => [x[0].Slice(a.Int("dim"), a.Int("start"), a.Int("length"))],
        ["flip"] = (x, a) => [a.Ints("dims").Aggregate(x[0], (y, axis) => y.Flip(axis))],
        ["roll"] = (x, a) => [a.Ints("shifts").Zip(a.Ints("dims")).Aggregate(x[0], (y, pair) => y.Roll(pair.First, pair.Second))],
        ["pad"] = (x, a) => [Pad(x[0], a)],
        ["repeat"] = (x, a) => [x[0].Tile(a.Ints("reps"))],
        ["tile"] = (x, a) => [x[0].Tile(a.Ints("reps"))],
        ["repeat_interleave"] = (x, a) => [x[0].RepeatEach(a.Int("repeats"), a.Int("dim"))],
        ["tril"] = (x, a) => [x[0].LowerTriangle(a.Int("diagonal"))],
        ["triu"] = (x, a) => [x[0].UpperTriangle(a.Int("diagonal"))],
        ["diag"] = (x, a) => [x[0].Rank == 1 ? x[0].DiagonalEmbed(a.Int("diagonal")) : x[0].Diagonal(a.Int("diagonal"))],
        ["diagonal"] = (x, a) => [x[0].Diagonal(a.Int("offset"), a.Int("dim1"), a.Int("dim2"))],
        ["diag_embed"] = (x, a) => [x[0].DiagonalEmbed(a.Int("offset"))],
        ["one_hot"] = (x, a) => [x[0].OneHot(a.Int("num_classes"))],
        ["meshgrid"] = (x, a) => Tensor.MeshGrid(x, a.Text("indexing") == "xy"),
        ["sort"] = (x, a) => ReduceGoldenTests.Pair(x[0].Sort(a.Int("dim"), a.Bool("descending"))),
        ["argsort"] = (x, a) => [x[0].ArgSort(a.Int("dim"), a.Bool("descending"))],
        ["topk"] = (x, a) => ReduceGoldenTests.Pair(x[0].TopK(a.Int("k"), a.Int("dim"), a.Bool("largest", true))),
        ["unfold"] = (x, a) => [x[0].Windows(a.Int("dim"), a.Int("size"), a.Int("step"))],
    };

    private static readonly GoldenGroup Group = new("shape");

    public static TheoryData<string> Names => Group.Names;

    [Theory, MemberData(nameof(Names))]
    public void Case_holds(string name) => GoldenRun.Check(Group, name, Operations);

    private static Index Position(int index) => index < 0 ? ^-index : index;

    /// <summary>A Python slice [start, stop, step] as an entry of the indexer.</summary>
    private static TensorIndex Slice(JsonElement entry, int size)
    {
        if (entry.ValueKind == JsonValueKind.Null)
        {
            return Range.All;
        }
        if (entry.ValueKind == JsonValueKind.Number)
        {
            return entry.GetInt32();
        }
        int? At(int i) => entry[i].ValueKind == JsonValueKind.Null ? null : entry[i].GetInt32();
        int From(int position, int low, int high) => Math.Clamp(position < 0 ? position + size : position, low, high);
        int step = At(2) ?? 1;
        if (step > 0)
        {
            int start = From(At(0) ?? 0, 0, size);
            return TensorIndex.Every(start..Math.Max(start, From(At(1) ?? size, 0, size)), step);
        }
        int first = At(0) is { } given ? From(given, -1, size - 1) : size - 1;
        int beyond = At(1) is { } stop ? From(stop, -1, size - 1) : -1;
        return TensorIndex.Every((beyond + 1)..Math.Max(beyond + 1, first + 1), step);
    }

    private static Tensor Pad(Tensor x, GoldenArguments arguments)
    {
        int[] amounts = arguments.Ints("pad");
        PaddingMode mode = Enum.Parse<PaddingMode>(arguments.Text("mode", "constant"), ignoreCase: true);
        for (int i = 0; i < amounts.Length / 2; i++)
        {
            x = x.Pad(-1 - i, amounts[2 * i], amounts[(2 * i) + 1], arguments.Number("value"), mode);
        }
        return x;
    }
}

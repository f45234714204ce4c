using Pyrite.Engine;
using Pyrite.Ops.Copies;
using Pyrite.Testing;

namespace Pyrite.Tests;

/// <summary>Reshapes, transposes, slices, joins and takes: all of them only move elements.</summary>
public sealed class RearrangementTests
{
    private static readonly Dictionary<string, Func<Tensor, Tensor>> Table = new()
    {
        ["reshape"] = x => x.Reshape(6, -1),
        ["reshape to a shape"] = x => x.Reshape([3, 8, 5]),
        ["flatten"] = x => x.Flatten(1, 2),
        ["flatten all"] = x => x.Flatten(),
        ["unsqueeze"] = x => x.Unsqueeze(1).Unsqueeze(-1),
        ["squeeze"] = x => x.Unsqueeze(2).Squeeze(2),
        ["permute"] = x => x.Permute(3, 0, -2, 1),
        ["transpose"] = x => x.Transpose(),
        ["transpose outer"] = x => x.Transpose(0, 2),
        ["broadcast"] = x => x.Unsqueeze(1).BroadcastTo([7, 2, 3, 3, 4, 5]),
        ["flip"] = x => x.Flip(-2),
        ["slice"] = x => x.Slice(3, 1, 2, 2),
        ["slice backwards"] = x => x.Slice(2, 3, 4, -1),
        ["empty slice"] = x => x.Slice(2, 0, 0),
        ["select"] = x => x.Select(1, ^1),
        ["concat"] = x => Tensor.Concat([x, x.Exp(), x], 1),
        ["stack"] = x => Tensor.Stack([x, x.Exp()], -1),
        ["take"] = x => x.Take(Tensor.From(new[,] { { 0L, -1 }, { 2, 2 } }), 1),
        ["where"] = x => Tensor.Where(x > 0.2, x, x.Square()),
        ["index"] = x => x[.., 0, 1..^1, TensorIndex.NewAxis],
        ["index with arrays"] = x => x[Tensor.From([1L, 0, 1]), .., Tensor.From([2L, -1, 0])],
        ["cast"] = x => x.To(DType.Float32).To(DType.Float64),
    };

    public static TheoryData<string> Names => [.. Table.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Gradients_match_numerical_ones_to_second_order(string name)
    {
        if (name != "cast")
        {
            DerivativeCheck.FirstAndSecond(x => Table[name](x[0]).Square(), ElementwiseTests.Points([2, 3, 4, 5], -1, 1));
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Channels_last_images_give_the_same_as_row_major_ones(string name)
    {
        Tensor x = ElementwiseTests.Points([2, 3, 4, 5], -1, 1);
        Tensor images = x.In(Layout.ChannelsLast);
        Tensor want = Table[name](x);
        Tensor got = Table[name](images);
        Assert.Equal(want.Shape, got.Shape);
        Assert.Equal(want.ToArray<double>(), got.ToArray<double>());
        Assert.Equal(
            Gradient.Of(v => Table[name](v).Square().Sum(), x).ToArray<double>(),
            Gradient.Of(v => Table[name](v).Square().Sum(), images).ToArray<double>());
    }

    [Fact]
    public void Every_element_type_is_moved()
    {
        Tensor x = Tensor.Range(6).Reshape(2, 3);
        foreach (DType type in Enum.GetValues<DType>())
        {
            Tensor moved = x.To(type).Transpose().Reshape(-1).Flip(0);
            Assert.Equal(type, moved.DType);
            Assert.Equal(type == DType.Bool ? [1, 1, 1, 1, 1, 0] : [5, 2, 4, 1, 3, 0], moved.ToArray<double>());
        }
    }

    [Fact]
    public void Zero_sizes_pass_through()
    {
        Tensor none = Tensor.Zeros(0, 3);
        Assert.Equal([3, 0], none.Transpose().Shape);
        Assert.Equal([0], none.Reshape(-1).Shape);
        Assert.Equal([0, 1, 3], none.Unsqueeze(1).Shape);
        Assert.Equal([4, 0, 3], none.BroadcastTo([4, 0, 3]).Shape);
        Assert.Equal([0, 3], none.Flip(0).Shape);
        Assert.Equal([2, 3], Tensor.Concat([none, Tensor.Ones(2, 3)]).Shape);
        Assert.Equal([0, 3], Tensor.Ones(2, 3).Take(Tensor.Zeros([0], DType.Int64)).Shape);
    }

    [Fact]
    public void Joined_types_promote_and_numbers_stay_weak()
    {
        Assert.Equal(DType.Float64, Tensor.Concat([Tensor.From([1f]), Tensor.From([1.0])]).DType);
        Assert.Equal(DType.Float32, Tensor.Stack([Tensor.Ones(), 2.0]).DType);
        Assert.Equal(DType.Int64, Tensor.Concat([Tensor.From([true]), Tensor.From([2L])]).DType);
    }

    [Fact]
    public void Repeated_indices_add_their_gradients()
    {
        Tensor x = Tensor.From([1.0, 2, 3]);
        Assert.Equal([2, 0, 1], Gradient.Of(v => v.Take(Tensor.From([0L, 0, -1])).Sum(), x).ToArray<double>());
    }

    [Fact]
    public void Wrong_shapes_and_places_are_named()
    {
        Tensor x = Tensor.Ones(2, 3);
        AssertMessage<ArgumentException>(() => x.Reshape(4, 2), "[2, 3]", "[4, 2]");
        AssertMessage<ArgumentException>(() => x.Reshape(4, -1), "[2, 3]", "-1");
        AssertMessage<ArgumentException>(() => x.Squeeze(1), "size 3");
        AssertMessage<ArgumentOutOfRangeException>(() => x.Unsqueeze(4), "[2, 3]", "4");
        AssertMessage<ArgumentException>(() => x.Permute(0, 0), "[0, 0]");
        AssertMessage<ArgumentException>(() => x.Permute(0), "2 axes");
        AssertMessage<ArgumentException>(() => x.BroadcastTo([3, 3]), "[3, 3]");
        AssertMessage<ArgumentException>(() => x.BroadcastTo([3]), "[2, 3]");
        AssertMessage<ArgumentOutOfRangeException>(() => x.Slice(1, 2, 2), "positions 0 to 2");
        AssertMessage<ArgumentOutOfRangeException>(() => x.Select(0, 2), "[2, 3]");
        AssertMessage<ArgumentException>(() => Tensor.Concat([x, Tensor.Ones(3, 3)], 1), "[3, 3]");
        AssertMessage<ArgumentException>(() => Tensor.Concat([]), "none was given");
        AssertMessage<ArgumentOutOfRangeException>(() => x.Take(Tensor.From([3L]), 1), "index 3", "-3 to 2");
        AssertMessage<ArgumentException>(() => x.Take(Tensor.From([1.0])), "Int64");
        AssertMessage<ArgumentException>(() => Tensor.Where(x, 1.0, 2.0), "Bool");
    }

    internal static void AssertMessage<TError>(Action action, params string[] parts) where TError : Exception
    {
        string message = Assert.Throws<TError>(action).Message;
        Assert.All(parts, part => Assert.Contains(part, message));
    }
}

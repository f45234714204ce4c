namespace Pyrite.Tests;

/// <summary>C# numbers of every kind become tensors that hold them, and come back.</summary>
public sealed class TensorFactoryTests
{
    [Fact]
    public void Integers_become_Int64()
    {
        Tensor x = Tensor.From([1, 2, 3]);
        Assert.Equal(DType.Int64, x.DType);
        Assert.Equal([1L, 2, 3], x.ToArray<long>());
        Assert.Equal([-2L, 7], Tensor.From(new short[] { -2, 7 }).ToArray<long>());
        Assert.Equal([-2L, 7], Tensor.From(new sbyte[] { -2, 7 }).ToArray<long>());
        Assert.Equal([65_535L], Tensor.From(new ushort[] { 65_535 }).ToArray<long>());
        Assert.Equal([4_294_967_295L], Tensor.From(new uint[] { uint.MaxValue }).ToArray<long>());
        Assert.Equal([-5L], Tensor.From(new nint[] { -5 }).ToArray<long>());
        Assert.Equal([long.MaxValue], Tensor.From(new ulong[] { long.MaxValue }).ToArray<long>());
        Assert.Throws<OverflowException>(() => Tensor.From(new ulong[] { ulong.MaxValue }));
    }

    [Fact]
    public void Other_numbers_keep_their_type()
    {
        Assert.Equal(DType.UInt8, Tensor.From(new byte[] { 1, 2 }).DType);
        Assert.Equal(DType.Bool, Tensor.From([true, false]).DType);
        Assert.Equal(DType.Float32, Tensor.From([1f]).DType);
        Assert.Equal(DType.Float64, Tensor.From([1.0]).DType);
        Assert.Equal(DType.Float32, Tensor.From([(Half)1.5]).DType);
        Assert.Equal([1.5f], Tensor.From([(Half)1.5]).ToArray<float>());
        Assert.Throws<NotSupportedException>(() => Tensor.From([1m]));
    }

    [Fact]
    public void Arrays_of_several_axes_do_too()
    {
        Tensor matrix = Tensor.From(new[,] { { 1, 2 }, { 3, 4 } }), nested = Tensor.From([[1, 2], [3, 4]]), cube = Tensor.From(new int[2, 1, 3]);
        Assert.Equal(DType.Int64, matrix.DType);
        Assert.Equal(matrix.ToString(), nested.ToString());
        Assert.Equal([2, 1, 3], cube.Shape);
        Assert.Equal([2, 2], Tensor.From([1, 2, 3, 4], [2, 2]).Shape);
        Assert.Equal("[[1.  2.5]]", Tensor.From([[1.0, 2.5]]).ToString());
        Assert.Contains("row 1 has 1", Assert.Throws<ArgumentException>(() => Tensor.From([[1, 2], [3]])).Message);
    }

    [Fact]
    public void They_come_back_as_any_integer_that_holds_them()
    {
        Tensor x = Tensor.From([1, -2, 300]);
        Assert.Equal([1, -2, 300], x.ToArray<int>());
        Assert.Equal(new short[] { 1, -2, 300 }, x.ToArray<short>());
        Assert.Equal([(Half)0.5], Tensor.From([0.5]).ToArray<Half>());
        Assert.Throws<OverflowException>(() => x.ToArray<sbyte>());
        Assert.Throws<OverflowException>(() => x.ToArray<uint>());
    }
}

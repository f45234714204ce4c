namespace Pyrite.Tests;

/// <summary>Expected texts are those of NumPy 2's str.</summary>
public sealed class TensorTextTests
{
    [Fact]
    public void Vectors_align_at_the_point()
    {
        Assert.Equal("[1.  2.5 3. ]", Tensor.From([1.0, 2.5, 3]).ToString());
        Assert.Equal("[ 1.  -0.5 10. ]", Tensor.From([1.0, -0.5, 10]).ToString());
        Assert.Equal("[0.33333333 0.66666667]", Tensor.From([1 / 3.0, 2 / 3.0]).ToString());
        Assert.Equal("[0.33333334 0.6666667 ]", Tensor.From([1 / 3f, 2 / 3f]).ToString());
        Assert.Equal("[0.1 0.2]", Tensor.From([0.1f, 0.2f]).ToString());
    }

    [Fact]
    public void Wide_ranges_use_exponents()
    {
        Assert.Equal("[1.e-05 1.e+00]", Tensor.From([1e-5, 1]).ToString());
        Assert.Equal("[1.00e+00 1.25e+08]", Tensor.From([1, 1.25e8]).ToString());
        Assert.Equal("[1.e+00 1.e+04]", Tensor.From([1.0, 1e4]).ToString());
        Assert.Equal("[-1.e-100  2.e+100]", Tensor.From([-1e-100, 2e100]).ToString());
    }

    [Fact]
    public void Not_a_number_infinities_truth_and_integers_have_their_names()
    {
        Assert.Equal("[ 1. nan inf]", Tensor.From([1.0, double.NaN, double.PositiveInfinity]).ToString());
        Assert.Equal("[-inf  1.5]", Tensor.From([double.NegativeInfinity, 1.5]).ToString());
        Assert.Equal("[ True False]", Tensor.From([true, false]).ToString());
        Assert.Equal("[  1 -20   3]", Tensor.From([1L, -20, 3]).ToString());
    }

    [Fact]
    public void Scalars_and_empty_tensors_are_short()
    {
        Assert.Equal("1.5", Tensor.From([1.5]).Squeeze(0).ToString());
        Assert.Equal("2.0", ((Tensor)2).ToString());
        Assert.Equal("1e-05", ((Tensor)1e-5).ToString());
        Assert.Equal("0.1", Tensor.From([0.1f]).Squeeze(0).ToString());
        Assert.Equal("7", Tensor.From([7L]).Squeeze(0).ToString());
        Assert.Equal("[]", Tensor.Zeros(0, 3).ToString());
    }

    [Fact]
    public void Large_integers_keep_all_their_digits()
    {
        Assert.Equal("[ 123456789012345678 -123456789012345679]", Tensor.From([123456789012345678, -123456789012345679]).ToString());
        Assert.Equal("123456789012345678", Tensor.From([123456789012345678]).Squeeze(0).ToString());
        Assert.Equal("[-9223372036854775808  9223372036854775807]", Tensor.From([long.MinValue, long.MaxValue]).ToString());
        Assert.Equal("[[9007199254740993]]", Tensor.From(new[,] { { 9007199254740993 } }).ToString());
        Assert.Equal("[  0 255]", Tensor.From(new byte[] { 0, 255 }).ToString());
        Assert.Equal("7", Tensor.From(new byte[] { 7 }).Squeeze(0).ToString());
    }

    [Fact]
    public void Matrices_and_stacks_break_lines_as_numpy_does()
    {
        Assert.Equal("[[0 1 2]\n [3 4 5]]", Tensor.Range(6).Reshape(2, 3).ToString());
        Assert.Equal("[[[0 1]\n  [2 3]]\n\n [[4 5]\n  [6 7]]]", Tensor.Range(8).Reshape(2, 2, 2).ToString());
    }

    [Fact]
    public void Long_tensors_wrap_and_leave_out_their_middle()
    {
        Assert.Equal("[   0    1    2 ... 1998 1999 2000]", Tensor.Range(2001).ToString());
        string[] lines = Tensor.Range(40).ToString().Split('\n');
        Assert.Equal("[ 0  1  2  3  4  5  6  7  8  9 10 11 12 13 14 15 16 17 18 19 20 21 22 23", lines[0]);
        Assert.Equal(" 24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 39]", lines[1]);
        string matrix = Tensor.Zeros(1000, 2).ToString();
        Assert.Equal("[[0. 0.]\n [0. 0.]\n [0. 0.]\n ...\n [0. 0.]\n [0. 0.]\n [0. 0.]]", matrix);
    }
}

namespace Pyrite.Tests;

public sealed class PlateTensorTests
{
    private static readonly PlateFrame Rows = new("rows", -2, 3, 3);
    private static readonly PlateFrame Columns = new("columns", -1, 4, 4);

    [Fact]
    public void Axes_left_of_all_plates_are_kept_by_sums_over_plates()
    {
        PlateTensor density = new(Tensor.Ones(2, 3, 4), [Rows, Columns]);
        PlateTensor sum = density.SumTo([Rows]);
        Assert.Equal([2, 3, 1], sum.Value.Shape);
        Assert.Equal(4, sum.Value[0, 0, 0].Item());
        Assert.Equal([2, 1, 1], density.SumTo([]).Value.Shape);
        Assert.Equal(12, density.SumTo([]).Value[0, 0, 0].Item());
    }

    [Fact]
    public void Sums_have_the_plates_of_both()
    {
        PlateTensor sum = new PlateTensor(Tensor.Ones(3, 1), [Rows]) + new PlateTensor(Tensor.Ones(4), [Columns]);
        Assert.Equal([3, 4], sum.Value.Shape);
        Assert.Equal([Rows, Columns], sum.Plates);
    }

    [Fact]
    public void Rounds_of_a_sequential_plate_are_different_plates_without_an_axis()
    {
        PlateFrame first = new("words", 0, 2, 2, 0), second = first with { Index = 1 };
        PlateTensor sum = new PlateTensor(Tensor.Ones(4), [first, Columns]).SumTo([second, Columns]);
        Assert.Equal([4], sum.Value.Shape);
        Assert.Equal([Columns], sum.Plates);
    }
}

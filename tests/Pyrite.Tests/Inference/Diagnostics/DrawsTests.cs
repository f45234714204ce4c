namespace Pyrite.Tests;

public sealed class DrawsTests
{
    // Two chains of three draws: tau counts 0 … 5, theta has shape [2, 2] and entry (draw, i, j) is 100 draw + 10 i + j.
    private static readonly Draws Small = new(2, 3,
    [
        new DrawsVariable("tau", Shape.Scalar, [0, 1, 2, 3, 4, 5]),
        new DrawsVariable("theta", [2, 2], [.. Enumerable.Range(0, 24).Select(k => (100.0 * (k / 4)) + (10 * (k / 2 % 2)) + (k % 2))],
            ["row", "column"]),
    ]);

    [Fact]
    public void Tensors_have_chains_draws_and_event_axes()
    {
        Assert.Equal(Shape.Create(2, 3), Small["tau"].Shape);
        Assert.Equal(Shape.Create(2, 3, 2, 2), Small["theta"].Shape);
        Assert.Equal(DType.Float64, Small["theta"].DType);
        Assert.Equal(411, Small["theta"][1, 1, 1, 1].Item());
        Assert.Equal(Shape.Create(6, 2, 2), Small.WithoutChains()["theta"].Shape);
        Assert.Equal(["tau", "theta"], Small.Names);
        Assert.Equal(6, Small.Count);
    }

    [Fact]
    public void Numbers_are_found_by_name_and_index()
    {
        Assert.Equal(["theta[0,0]", "theta[0,1]", "theta[1,0]", "theta[1,1]"], Small.Variable("theta").ScalarNames);
        Assert.Equal([10, 110, 210, 310, 410, 510], Small.Scalar("theta[1,0]"));
        Assert.Equal([0, 1, 2, 3, 4, 5], Small.Scalar("tau"));
        Assert.Equal(["row", "column"], Small.Variable("theta").Dimensions);
        Assert.Equal(["tau_dim_0"], new DrawsVariable("tau", [3], new double[6]).Dimensions);
    }

    [Fact]
    public void Selections_keep_the_rest_as_it_was()
    {
        Assert.Equal([0, 2, 3, 5], Small.Thin(2).Scalar("tau"));
        Assert.Equal([1, 2, 4, 5], Small.Range(1..).Scalar("tau"));
        Assert.Equal([3, 4, 5, 0, 1, 2], Small.SelectChains(1, 0).Scalar("tau"));
        Assert.Equal([1, 201, 301, 501], Small.Thin(2).Scalar("theta[0,1]"));
        Assert.Equal(["theta"], Small.Select("theta").Names);
        Draws squared = Small.With(new DrawsVariable("tau", Shape.Scalar, [0, 1, 4, 9, 16, 25]));
        Assert.Equal(25, squared.Scalar("tau")[5]);
        Assert.Equal(5, Small.Scalar("tau")[5]);
    }

    [Fact]
    public void A_changed_copy_of_a_column_changes_nothing()
    {
        Small.Scalar("tau")[0] = 99;
        Assert.Equal(0, Small.Scalar("tau")[0]);
    }

    [Fact]
    public void Unknown_names_are_answered_with_the_nearest()
    {
        Assert.Contains("Did you mean \"theta\"?", Assert.Throws<KeyNotFoundException>(() => Small["tetha"]).Message);
        Assert.Contains("There are: tau, theta.", Assert.Throws<KeyNotFoundException>(() => Small["something"]).Message);
        Assert.Contains("There is theta[0,0] to theta[1,1].", Assert.Throws<KeyNotFoundException>(() => Small.Scalar("theta[2,0]")).Message);
    }

    [Fact]
    public void Refuses_arrays_that_do_not_fit()
    {
        Assert.Contains("\"tau\" has 5 numbers",
            Assert.Throws<ArgumentException>(() => new Draws(2, 3, [new DrawsVariable("tau", Shape.Scalar, new double[5])])).Message);
        Assert.Contains("given twice",
            Assert.Throws<ArgumentException>(
                () => new Draws(1, [new DrawsVariable("a", Shape.Scalar, [1]), new DrawsVariable("a", Shape.Scalar, [1])])).Message);
        Assert.Throws<ArgumentException>(() => new DrawsVariable("a", [2], new double[3]));
        Assert.Throws<ArgumentException>(() => new DrawsVariable("a", [2], new double[4], ["x", "y"]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Draws(0, 3, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => Small.Thin(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Small.SelectChains(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Small.Range(1..1));
        Assert.Contains("they are 0 to 2", Assert.Throws<ArgumentOutOfRangeException>(() => Small.Range(1..9)).Message);
    }
}

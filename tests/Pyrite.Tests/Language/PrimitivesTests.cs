using static Pyrite.Primitives;

namespace Pyrite.Tests;

public sealed class PrimitivesTests
{
    [Fact]
    public void Without_a_handler_a_model_simply_runs_and_draws()
    {
        Tensor first = Sample("x", new Normal(0, 1));
        Tensor second = Sample("x", new Normal(0, 1));
        Assert.Equal(Shape.Scalar, first.Shape);
        Assert.NotEqual(first.Item(), second.Item());
        Assert.Equal(2.5, Param("p", 2.5).Item());
        Assert.Equal(3, Deterministic("d", 3.0).Item());
    }

    [Fact]
    public void Observed_data_is_returned_as_it_is()
    {
        Tensor y = Tensor.From(new[] { 1.0, 2, 3 });
        using (Plate("rows", 3))
        {
            Assert.Same(y, Sample("y", new Normal(0, 1), observed: y));
        }
    }

    [Fact]
    public void Observed_integers_score_with_every_digit_where_parameters_are_in_Float64()
    {
        // The default precision stays Float32, which does not hold these counts. Scores: mpmath, 50 digits.
        Tensor rate = Tensor.Full(Shape.Scalar, 16_777_210, DType.Float64), y = Tensor.From([16_777_217, 16_777_219]);
        Trace trace = Trace.Of(() =>
        {
            using (Plate("rows", 2))
            {
                Sample("y", new Poisson(rate), observed: y);
            }
        });
        Assert.Equal(DType.Int64, y.DType);
        Assert.Equal(-9.23670619500750754 - 9.23670720828657353, trace.LogProb().Item(), 1e-9);
    }

    [Fact]
    public void Plates_take_dimensions_from_the_right_and_expand_distributions()
    {
        Trace trace = Trace.Of(() =>
        {
            using (Plate("outer", 3))
            {
                Sample("a", new Normal(0, 1));
                using (Plate("inner", 4))
                {
                    Sample("b", new Normal(0, 1));
                }
            }
        });
        Assert.Equal([3], trace["a"].Value.Shape);
        Assert.Equal([4, 3], trace["b"].Value.Shape);
        Assert.Equal([new PlateFrame("outer", -1, 3, 3), new PlateFrame("inner", -2, 4, 4)], trace["b"].Plates);
    }

    [Fact]
    public void A_factor_adds_to_the_log_density_and_is_scaled_by_plates()
    {
        Trace trace = Trace.Of(() =>
        {
            Factor("penalty", -2.5);
            using (Plate("data", 10, subsampleSize: 2))
            {
                Factor("terms", Tensor.From(new[] { 1.0, 3.0 }));
            }
        });
        Assert.Equal(-2.5 + (5 * 4), trace.LogProb().Item(), 10);
    }

    [Fact]
    public void A_plate_can_be_given_its_dimension()
    {
        Trace trace = Trace.Of(() =>
        {
            using (Plate("rows", 3, dimension: -2))
            using (Plate("columns", 5, dimension: -1))
            {
                Sample("x", new Normal(0, 1));
            }
        });
        Assert.Equal([3, 5], trace["x"].Value.Shape);
    }

    [Fact]
    public void A_subsampled_plate_draws_distinct_indices_and_scales_up()
    {
        Tensor data = Tensor.From(Enumerable.Range(0, 10).Select(i => (double)i).ToArray());
        Trace trace = Trace.Of(
            () =>
            {
                using PlateScope rows = Plate("rows", 10, subsampleSize: 4);
                Tensor batch = rows.Subsample(data);
                Sample("y", new Normal(batch, 1), observed: batch);
            },
            new SeedHandler(1));
        long[] indices = ((PlateSite)trace["rows"]).Value.ToArray<long>();
        Assert.Equal(4, indices.Distinct().Count());
        Assert.All(indices, i => Assert.InRange(i, 0, 9));
        SampleSite y = (SampleSite)trace["y"];
        Assert.Equal(2.5, y.Scale);
        Assert.Equal(indices.Select(i => (double)i), y.Value.ToArray<double>());
        Assert.Equal(-0.5 * Math.Log(2 * Math.PI) * 10, trace.LogProb().Item(), 10);
    }

    [Theory]
    [InlineData(0, null, "size 0")]
    [InlineData(5, 6, "subsample size 6")]
    [InlineData(5, 0, "subsample size 0")]
    public void A_plate_of_impossible_size_is_refused(int size, int? subsample, string found)
    {
        ModelException error = Assert.Throws<ModelException>(() => { Plate("data", size, subsample).Dispose(); });
        Assert.Equal("data", error.Site);
        Assert.Contains(found, error.Message);
    }

    [Fact]
    public void A_plate_that_is_open_cannot_be_opened_again()
    {
        ModelException error = Assert.Throws<ModelException>(() =>
        {
            using (Plate("data", 3))
            using (Plate("data", 3))
            {
            }
        });
        Assert.Contains("open already", error.Message);
    }

    [Fact]
    public void A_taken_dimension_is_refused_with_the_name_of_its_plate()
    {
        ModelException error = Assert.Throws<ModelException>(() =>
        {
            using (Plate("rows", 3, dimension: -1))
            using (Plate("columns", 3, dimension: -1))
            {
            }
        });
        Assert.Contains("taken by the open plate \"rows\"", error.Message);
    }

    [Fact]
    public void A_start_value_outside_its_constraint_is_refused()
    {
        ModelException error = Assert.Throws<ModelException>(() => Param("scale", -1.0, Constraints.Positive));
        Assert.Contains("\"scale\"", error.Message);
        Assert.Contains("-1", error.Message);
        Assert.Contains("Start inside it", error.Message);
    }
}

using static Pyrite.Primitives;

namespace Pyrite.Tests;

public sealed class TraceTests
{
    [Fact]
    public void A_name_used_twice_is_refused()
    {
        ModelException error = Assert.Throws<ModelException>(() => Trace.Of(() =>
        {
            Sample("x", new Normal(0, 1));
            Sample("x", new Normal(0, 1), observed: 1.0);
        }));
        Assert.Equal("x", error.Site);
        Assert.Contains("used twice", error.Message);
        Assert.Contains("a Sample and by an observed Sample", error.Message);
        Assert.Contains("put the index into the name", error.Message);
    }

    [Fact]
    public void A_parameter_may_be_used_twice()
    {
        Trace trace = Trace.Of(() =>
        {
            Param("p", 1.0);
            Param("p", 1.0);
        });
        Assert.Single(trace.Sites);
    }

    [Fact]
    public void An_unknown_name_is_answered_with_the_known_ones()
    {
        Trace trace = Trace.Of(() => Sample("theta", new Normal(0, 1)));
        Assert.Contains("theta", Assert.Throws<KeyNotFoundException>(() => trace["thta"]).Message);
    }

    [Fact]
    public void The_shape_table_shows_batch_and_event_shapes()
    {
        Trace trace = Trace.Of(() =>
        {
            Param("offset", Tensor.Zeros(2));
            using (Plate("data", 5))
            {
                Sample("z", new Normal(Tensor.Zeros(5, 2), 1).ToEvent(1));
                Sample("y", new Normal(0, 1), observed: Tensor.Zeros(5));
            }
        });
        string expected = """
            Trace shapes (batch | event):
              offset  param       | 2
              z       latent    5 | 2
                      value     5 | 2
                      log-prob  5 | 
              y       observed  5 | 
                      value     5 | 
                      log-prob  5 | 
            """;
        Assert.Equal(expected.ReplaceLineEndings("\n"), trace.ShapeTable());
    }

    [Fact]
    public void A_value_outside_the_support_names_the_site()
    {
        Trace trace = Trace.Of(() => Sample("coin", new Bernoulli(0.5), observed: 2.0));
        ModelException error = Assert.Throws<ModelException>(() => trace.LogProb());
        Assert.Equal("coin", error.Site);
        Assert.Contains("observation", error.Message);
    }

    [Fact]
    public void Grays_under_a_Bernoulli_are_answered_with_the_three_ways_out()
    {
        Trace trace = Trace.Of(() => Sample("pixel", new Bernoulli(0.5), observed: 0.3));
        string message = Assert.Throws<ModelException>(() => trace.LogProb()).Message;
        Assert.Contains("validate: false", message);
        Assert.Contains("ContinuousBernoulli", message);
        Assert.Contains("binariz", message);
    }
}

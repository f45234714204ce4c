using Pyrite.Testing;


namespace Pyrite.Tests.Testing;

public class CloseTests
{
    [Theory]
    [InlineData(100.9, 100, 0.01, 0, true)]
    [InlineData(101.1, 100, 0.01, 0, false)]
    [InlineData(0.009, 0, 0, 0.01, true)]               // atol counts from max(1, max |want|)
    [InlineData(0.011, 0, 0, 0.01, false)]
    [InlineData(100.9, 100, 0, 0.01, true)]
    [InlineData(double.NaN, 1, 1, 1, false)]
    [InlineData(1, double.NaN, 1, 1, false)]
    [InlineData(double.NaN, double.NaN, 0, 0, true)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity, 0, 0, true)]
    [InlineData(double.NegativeInfinity, double.PositiveInfinity, 1, 1, false)]
    [InlineData(1e300, double.PositiveInfinity, 1, 1, false)]
    [InlineData(double.PositiveInfinity, 1e300, 1, 1, false)]
    public void The_tolerance_is_that_of_the_golden_files(double got, double want, double rtol, double atol, bool close)
    {
        Exception? error = Record.Exception(() => Close.Assert(got, want, rtol, atol, "x"));
        Assert.Equal(close, error is null);
        Assert.True(error is null or CheckFailedException);
    }

    [Fact]
    public void The_message_names_what_is_off_and_where()
    {
        string message = Assert.Throws<CheckFailedException>(() => Close.Assert([1.0, 2, 3], [1.0, 2.5, 3], 0, 0.01, "gradient of w")).Message;
        Assert.Contains("gradient of w", message);
        Assert.Contains("1 of 3", message);
        Assert.Contains("[1] got 2, want 2.5", message);
    }

    [Fact]
    public void Lengths_and_shapes_must_agree()
    {
        Assert.Throws<CheckFailedException>(() => Close.Assert([1.0], [1.0, 2], 1, 1, "x"));
        Assert.Throws<CheckFailedException>(() => Close.Assert(Tensor.Zeros(2, 3), Tensor.Zeros(3, 2), 1, 1, "x"));
    }
}

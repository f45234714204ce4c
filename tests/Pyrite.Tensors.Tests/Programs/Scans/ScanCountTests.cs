namespace Pyrite.Tests;

/// <summary>Scans whose number of rounds is a number of the step, against scans over the first rounds alone.</summary>
public sealed class ScanCountTests
{
    private const int Rounds = 9;

    private static readonly Tensor Inputs = RandomKey.FromSeed(1).Normal([Rounds], DType.Float64).Keep();

    public static TheoryData<int, bool> Counts
    {
        get
        {
            TheoryData<int, bool> cases = [];
            foreach (int count in new[] { 0, 1, 4, Rounds })
            {
                cases.Add(count, false);
                cases.Add(count, true);
            }
            return cases;
        }
    }

    [Theory, MemberData(nameof(Counts))]
    public void Rounds_that_there_are_not_leave_the_state_and_give_zeros(int count, bool reverse)
    {
        (double[] carry, double[] outputs, double[][] gradients) = Run(count, reverse, isCounted: true);
        (double[] expectedCarry, double[] expectedOutputs, double[][] expectedGradients) = Run(count, reverse, isCounted: false);
        Assert.Equal(expectedCarry, carry);
        Assert.Equal(expectedOutputs, outputs[..count]);
        Assert.All(outputs[count..], output => Assert.Equal(0, output));
        Assert.Equal(expectedGradients[0], gradients[0]);
        Assert.Equal(expectedGradients[1], gradients[1]);
        Assert.Equal(expectedGradients[2], gradients[2][..count]);
        Assert.All(gradients[2][count..], gradient => Assert.Equal(0, gradient));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void One_recorded_step_serves_every_count(bool reverse)
    {
        // More rounds than it takes until they run as compiled code.
        Tensor inputs = (0.1 * RandomKey.FromSeed(2).Normal([3000], DType.Float64)).Keep(), weight = Tensor.From([0.9]).AsVariable();
        for (int step = 0; step < 60; step++)
        {
            int count = step * 50;
            double[] counted, plain;
            using (StepScope scope = StepScope.Begin())
            {
                counted = Values(inputs, weight, reverse, Tensor.Full([], count, DType.Int64));
            }
            using (StepScope scope = StepScope.Begin())
            {
                scope.RecordAfresh();
                plain = Values(inputs.Slice(0, 0, count), weight, reverse, null);
            }
            Assert.Equal(plain[0], counted[0], 1e-9);
            Assert.Equal(plain[1], counted[1], 1e-9);
        }
    }

    [Fact]
    public void A_second_derivative_counts_the_same_rounds()
    {
        double Curvature(Tensor inputs, Tensor? count)
        {
            Tensor w = Tensor.From([0.7]).AsVariable();
            Tensor total = Scan.Fold(Tensor.Ones([1], DType.Float64), inputs, (state, x) => (state * w) + (x * w.Square()), count: count).Sum();
            Tensor first = Gradient.Of(total, [w], createGraph: true)[0];
            return Gradient.Of(first.Sum(), [w])[0].Item();
        }

        Assert.Equal(Curvature(Inputs.Slice(0, 0, 4), null), Curvature(Inputs, 4), 1e-12);
    }

    [Fact]
    public void Checks_hold_in_rounds_that_there_are_not()
    {
        Tensor scales = Tensor.From([1.0, 2, -1, 0.5]);
        Assert.Equal(3.0, Checked(2));
        Assert.Contains("round 2", Assert.ThrowsAny<ArgumentException>(() => Checked(3)).Message, StringComparison.Ordinal);

        double Checked(int count) => Scan.Fold(Tensor.Zeros([], DType.Float64), scales, (state, x) =>
        {
            StepCheck.Add(x.AllWithin(new NumberRange(0, double.PositiveInfinity)), new Subject(), null, x);
            return state + x;
        }, count: count).Item();
    }

    [Fact]
    public void A_body_that_reads_is_called_in_the_rounds_that_there_are()
    {
        double Sum(Tensor inputs, Tensor? count, bool reverse) => Scan.Fold(
            Tensor.Ones([], DType.Float64), inputs, (state, x) => x.Item() > 0 ? state * x : state + x, reverse: reverse, count: count).Item();

        Assert.Equal(Sum(Inputs.Slice(0, 0, 5), null, false), Sum(Inputs, 5, false), 1e-12);
        Assert.Equal(Sum(Inputs.Slice(0, 0, 5), null, true), Sum(Inputs, 5, true), 1e-12);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(Rounds + 1)]
    public void A_count_that_there_are_no_inputs_for_is_refused(int count)
    {
        string message = Assert.Throws<ArgumentException>(
            () => Scan.Fold(Tensor.Zeros([], DType.Float64), Inputs, (state, x) => state + x, count: count).Item()).Message;
        Assert.Contains(FormattableString.Invariant($"{count} rounds were asked for; there are inputs for {Rounds}"), message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(
            () => Scan.Fold(Tensor.Zeros([], DType.Float64), Inputs, (state, x) => state + x, count: Tensor.From([1.0, 2])));
    }

    private static double[] Values(Tensor inputs, Tensor weight, bool reverse, Tensor? count)
    {
        (Tensor last, Tensor outputs) = Scan.Run(
            Tensor.Zeros([1], DType.Float64), inputs, (state, x) => (((state * weight) + x).Tanh(), state * x), reverse: reverse, count: count);
        Tensor loss = last.Sum() + outputs.Sum();
        Tensor gradient = Gradient.Of(loss, [weight])[0];
        return [loss.Item(), gradient.Item()];
    }

    /// <summary>The carry and outputs of a scan, and the gradients of the state before, a captured tensor and the inputs.</summary>
    private static (double[] Carry, double[] Outputs, double[][] Gradients) Run(int count, bool reverse, bool isCounted)
    {
        Tensor start = Tensor.From([0.3]).AsVariable(), weight = Tensor.From([0.8]).AsVariable();
        Tensor inputs = (isCounted ? Inputs : Inputs.Slice(0, 0, count)).AsVariable();
        (Tensor last, Tensor outputs) = Scan.Run(
            start, inputs, (state, x) => (((state * weight) + x).Tanh(), (state * x).Sum()), reverse: reverse, count: isCounted ? count : null);
        Tensor[] gradients = Gradient.Of(last.Sum() + outputs.Square().Sum(), [start, weight, inputs]);
        return (last.ToArray<double>(), outputs.ToArray<double>(), Array.ConvertAll(gradients, gradient => gradient.ToArray<double>()));
    }

    private sealed class Subject : ICheckSubject
    {
        public Exception Refuse(string? part, Tensor value) => new ArgumentException($"{value.Item()} is below zero.");
    }
}

namespace Pyrite.Systems;

/// <summary>A function of time and state with memory of its own: evaluations allocate nothing.</summary>
internal sealed class ClosureRoom
{
    private readonly ClosureCode code;
    private readonly int[] sources;
    private readonly int[] targets;
    private readonly double[] captured;
    private Evaluation? value;
    private Evaluation? back;
    private Evaluation? jacobian;
    private Evaluation? bend;
    private Evaluation? bendAlong;
    private Evaluation? timeSlope;

    /// <param name="code">The function.</param>
    /// <param name="sources">For each captured number its place in the block of all captured numbers.</param>
    /// <param name="targets">For each wanted one the place of its gradient.</param>
    public ClosureRoom(ClosureCode code, int[] sources, int[] targets)
    {
        (this.code, this.sources, this.targets) = (code, sources, targets);
        captured = new double[sources.Length];
    }

    /// <summary>Takes the captured numbers.</summary>
    /// <param name="all">The block of all captured numbers.</param>
    public void Load(ReadOnlySpan<double> all)
    {
        for (int i = 0; i < sources.Length; i++)
        {
            captured[i] = all[sources[i]];
        }
        value?.Load(captured);
        back?.Load(captured);
        jacobian?.Load(captured);
        bend?.Load(captured);
        bendAlong?.Load(captured);
        timeSlope?.Load(captured);
    }

    /// <summary>Computes the results; not-a-number where they cannot be computed.</summary>
    public void Value(double t, ReadOnlySpan<double> y, Span<double> results)
    {
        value ??= new Evaluation(code.ValueFunction, code.Counts, captured, code.Results);
        value.Run(t, y, results);
    }

    /// <summary>Adds to the gradients what weights of the results give.</summary>
    /// <param name="t">The time.</param>
    /// <param name="y">The state.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="stateGradient">Takes the gradient for the state; what stands there is overwritten.</param>
    /// <param name="gradients">The gradients for captured numbers, added to.</param>
    /// <returns>The gradient for the time.</returns>
    public double Back(double t, ReadOnlySpan<double> y, ReadOnlySpan<double> weights, Span<double> stateGradient, Span<double> gradients)
    {
        int n = code.Size;
        back ??= new Evaluation(code.BackFunction, code.Counts, captured, n + 1 + targets.Length);
        back.More(0, weights);
        ReadOnlySpan<double> results = back.Run(t, y);
        results[..n].CopyTo(stateGradient);
        for (int i = 0; i < targets.Length; i++)
        {
            gradients[targets[i]] += results[n + 1 + i];
        }
        return results[n];
    }

    /// <summary>Computes the derivatives of the results.</summary>
    /// <param name="t">The time.</param>
    /// <param name="y">The state.</param>
    /// <param name="matrix">Takes ∂resultᵢ/∂yⱼ, row by row.</param>
    /// <param name="timeSlope">Takes ∂result/∂t.</param>
    public void Jacobian(double t, ReadOnlySpan<double> y, Span<double> matrix, Span<double> timeSlope)
    {
        int n = code.Size;
        jacobian ??= new Evaluation(code.JacobianFunction, code.Counts, captured, code.Results * (n + 1));
        ReadOnlySpan<double> results = jacobian.Run(t, y);
        for (int i = 0; i < code.Results; i++)
        {
            results.Slice(i * (n + 1), n).CopyTo(matrix[(i * n)..]);
            timeSlope[i] = results[(i * (n + 1)) + n];
        }
    }

    /// <summary>Adds to the gradients those of a weighted sum of the derivatives.</summary>
    /// <param name="t">The time.</param>
    /// <param name="y">The state.</param>
    /// <param name="matrix">The weights of the derivatives in the state.</param>
    /// <param name="weights">The weights of those in time.</param>
    /// <param name="stateGradient">The gradient for the state, added to.</param>
    /// <param name="gradients">The gradients for captured numbers, added to.</param>
    public void Bend(double t, ReadOnlySpan<double> y, ReadOnlySpan<double> matrix, ReadOnlySpan<double> weights, Span<double> stateGradient,
        Span<double> gradients)
    {
        int n = code.Size;
        bend ??= new Evaluation(code.BendFunction, code.Counts, captured, n + targets.Length);
        bend.More(0, matrix);
        bend.More(1, weights);
        Add(bend.Run(t, y), stateGradient, gradients);
    }

    /// <summary>Adds to the gradients those of the weights times the derivative of the results along a direction.</summary>
    /// <param name="t">The time.</param>
    /// <param name="y">The state.</param>
    /// <param name="weights">The weights of the results.</param>
    /// <param name="direction">The direction in the state.</param>
    /// <param name="inTime">That in time.</param>
    /// <param name="stateGradient">The gradient for the state, added to.</param>
    /// <param name="gradients">The gradients for captured numbers, added to.</param>
    public void BendAlong(double t, ReadOnlySpan<double> y, ReadOnlySpan<double> weights, ReadOnlySpan<double> direction, double inTime,
        Span<double> stateGradient, Span<double> gradients)
    {
        int n = code.Size;
        bendAlong ??= new Evaluation(code.BendAlongFunction, code.Counts, captured, n + targets.Length);
        bendAlong.More(0, weights);
        bendAlong.More(1, direction);
        bendAlong.More(2, new ReadOnlySpan<double>(in inTime));
        Add(bendAlong.Run(t, y), stateGradient, gradients);
    }

    /// <summary>Computes the derivatives of the results in time.</summary>
    public void TimeSlope(double t, ReadOnlySpan<double> y, Span<double> slope)
    {
        if (code.TimeSlopeFunction is not { } function)
        {
            slope.Clear();
            return;
        }
        timeSlope ??= new Evaluation(function, code.Counts, captured, code.Results);
        timeSlope.Run(t, y, slope);
    }

    private void Add(ReadOnlySpan<double> results, Span<double> stateGradient, Span<double> gradients)
    {
        int n = code.Size;
        for (int i = 0; i < n; i++)
        {
            stateGradient[i] += results[i];
        }
        for (int i = 0; i < targets.Length; i++)
        {
            gradients[targets[i]] += results[n + i];
        }
    }

    /// <summary>A compiled function with its arguments and results: captured numbers are taken once a solve, time and state every time.</summary>
    private sealed class Evaluation
    {
        private const int Time = 0, State = 1, FirstCaptured = 2;

        private readonly ReplayedFunction function;
        private readonly int[] counts;
        private readonly double[] results;

        public Evaluation(ReplayedFunction function, int[] counts, double[] captured, int results)
        {
            this.function = function.Fork();
            this.counts = counts;
            this.results = new double[results];
            Load(captured);
        }

        /// <summary>Takes an argument behind time, state and captured numbers.</summary>
        public void More(int argument, ReadOnlySpan<double> numbers) => function.Load(FirstCaptured + counts.Length + argument, numbers);

        public void Load(ReadOnlySpan<double> captured)
        {
            for (int i = 0, at = 0; i < counts.Length; at += counts[i++])
            {
                function.Load(FirstCaptured + i, captured.Slice(at, counts[i]));
            }
        }

        public ReadOnlySpan<double> Run(double t, ReadOnlySpan<double> y)
        {
            Run(t, y, results);
            return results;
        }

        public void Run(double t, ReadOnlySpan<double> y, Span<double> target)
        {
            function.Load(Time, new ReadOnlySpan<double>(in t));
            function.Load(State, y);
            if (IsDone())
            {
                function.Read(0, target);
            }
            else
            {
                target.Fill(double.NaN);
            }
        }

        private bool IsDone()
        {
            try
            {
                return function.Run();
            }
            catch (ArgumentException)
            {
                // An operation that cannot be computed here, such as a factorization: the step is tried again, shorter.
                return false;
            }
        }
    }
}

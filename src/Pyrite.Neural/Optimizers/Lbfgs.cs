using System.Numerics.Tensors;
using Pyrite.Optimizers;

namespace Pyrite;

/// <summary>Minimizes a deterministic loss by quasi-Newton steps with a line search; for few parameters and full batches.</summary>
/// <remarks>Nocedal and Wright, "Numerical optimization" (2006), algorithm 7.4 with strong Wolfe steps. Computes in Float64 whatever the parameters'
/// type.</remarks>
public sealed class Lbfgs
{
    private const double SmallestCurvature = 1e-10;

    private readonly Parameter[] parameters;
    private readonly double learningRate;
    private readonly int history;
    private readonly double gradientTolerance;
    private readonly double changeTolerance;

    /// <summary>A minimizer of losses of given parameters.</summary>
    /// <param name="parameters">What may be changed; frozen parameters stay as they are.</param>
    /// <param name="learningRate">The first step that each line search tries.</param>
    /// <param name="history">How many steps the curvature is estimated from.</param>
    /// <param name="gradientTolerance">Done when no entry of the gradient is larger.</param>
    /// <param name="changeTolerance">Done when neither the loss nor any parameter changes by more.</param>
    public Lbfgs(IEnumerable<Parameter> parameters, double learningRate = 1, int history = 100, double gradientTolerance = 1e-7,
        double changeTolerance = 1e-9)
    {
        OptimizerArguments.NotNegative(learningRate);
        OptimizerArguments.NotNegative(gradientTolerance);
        OptimizerArguments.NotNegative(changeTolerance);
        ArgumentOutOfRangeException.ThrowIfLessThan(history, 1);
        this.parameters = [.. parameters.Distinct()];
        this.learningRate = learningRate;
        this.history = history;
        this.gradientTolerance = gradientTolerance;
        this.changeTolerance = changeTolerance;
    }

    /// <summary>Moves the parameters to a minimum of a loss.</summary>
    /// <param name="loss">Computes the loss from the parameters; called many times, it must give the same each time.</param>
    /// <param name="maxIterations">Stop after so many steps.</param>
    /// <exception cref="ArgumentException">The loss is not finite where the parameters stand.</exception>
    public LbfgsResult Minimize(Func<Tensor> loss, int maxIterations = 200)
    {
        FlatObjective objective = new(Array.FindAll(parameters, parameter => parameter.RequiresGradient), loss);
        double[] point = objective.Read();
        (double value, double[] gradient) = objective.Evaluate(point);
        if (!double.IsFinite(value))
        {
            throw new ArgumentException($"L-BFGS starts where the loss is finite; it is {value} at the present parameters. Start elsewhere.",
                nameof(loss));
        }
        List<Pair> pairs = [];
        int iterations = 0;
        bool hasConverged = Largest(gradient) <= gradientTolerance;
        while (!hasConverged && iterations < maxIterations)
        {
            double[] direction = Direction(gradient, pairs);
            double slope = TensorPrimitives.Dot<double>(gradient, direction);
            double first = iterations == 0 ? Math.Min(1, 1 / TensorPrimitives.SumOfMagnitudes<double>(gradient)) * learningRate : learningRate;
            WolfeSearch.Trial found = new WolfeSearch(objective, point, direction, value, slope).Run(first, changeTolerance);
            iterations++;
            if (found.Step == 0)
            {
                hasConverged = true;
                break;
            }
            Remember(pairs, Pair.Between(point, gradient, found.Point, found.Gradient));
            double change = Largest(direction) * found.Step;
            hasConverged =
                Largest(found.Gradient) <= gradientTolerance || change <= changeTolerance || Math.Abs(found.Loss - value) < changeTolerance;
            (point, value, gradient) = (found.Point, found.Loss, found.Gradient);
        }
        objective.Write(point);
        return new LbfgsResult(value, Largest(gradient), iterations, objective.Evaluations, hasConverged);
    }

    private static double Largest(ReadOnlySpan<double> values) => values.IsEmpty ? 0 : Math.Abs(TensorPrimitives.MaxMagnitude(values));

    private void Remember(List<Pair> pairs, Pair pair)
    {
        if (pair.Product <= SmallestCurvature)
        {
            return;
        }
        if (pairs.Count == history)
        {
            pairs.RemoveAt(0);
        }
        pairs.Add(pair);
    }

    /// <summary>The two-loop recursion: the inverse curvature applied to the gradient, downhill.</summary>
    private static double[] Direction(double[] gradient, List<Pair> pairs)
    {
        double[] direction = (double[])gradient.Clone();
        double[] weights = new double[pairs.Count];
        for (int i = pairs.Count - 1; i >= 0; i--)
        {
            weights[i] = TensorPrimitives.Dot<double>(pairs[i].Step, direction) / pairs[i].Product;
            TensorPrimitives.MultiplyAdd<double>(pairs[i].Change, -weights[i], direction, direction);
        }
        if (pairs.Count > 0)
        {
            Pair last = pairs[^1];
            TensorPrimitives.Multiply<double>(direction, last.Product / TensorPrimitives.SumOfSquares<double>(last.Change), direction);
        }
        for (int i = 0; i < pairs.Count; i++)
        {
            double weight = weights[i] - (TensorPrimitives.Dot<double>(pairs[i].Change, direction) / pairs[i].Product);
            TensorPrimitives.MultiplyAdd<double>(pairs[i].Step, weight, direction, direction);
        }
        TensorPrimitives.Negate<double>(direction, direction);
        return direction;
    }

    /// <summary>A step, the change of the gradient over it, and their product.</summary>
    private sealed record Pair(double[] Step, double[] Change, double Product)
    {
        public static Pair Between(double[] point, double[] gradient, double[] nextPoint, double[] nextGradient)
        {
            double[] step = new double[point.Length];
            double[] change = new double[point.Length];
            TensorPrimitives.Subtract<double>(nextPoint, point, step);
            TensorPrimitives.Subtract<double>(nextGradient, gradient, change);
            return new Pair(step, change, TensorPrimitives.Dot<double>(step, change));
        }
    }
}

using System.Numerics.Tensors;

namespace Pyrite.Optimizers;

/// <summary>Finds a step along a direction that satisfies the strong Wolfe conditions.</summary>
/// <remarks>Nocedal and Wright, "Numerical optimization" (2006), algorithms 3.5 and 3.6, with the cubic interpolation of equation 3.59.</remarks>
internal sealed class WolfeSearch(FlatObjective objective, double[] start, double[] direction, double startLoss, double startSlope)
{
    private const double SufficientDecrease = 1e-4;
    private const double Curvature = 0.9;
    private const double Growth = 10;
    private const int MostTrials = 25;

    /// <summary>The accepted trial: its step, point, loss and gradient. If none satisfies both conditions, the best seen.</summary>
    public Trial Run(double firstStep, double smallestChange)
    {
        Trial previous = new(0, start, startLoss, startSlope, []);
        Trial best = previous;
        double step = firstStep;
        for (int trials = 0; trials < MostTrials; trials++)
        {
            Trial trial = Try(step);
            best = trial.Loss < best.Loss ? trial : best;
            if (!double.IsFinite(trial.Loss) || trial.Loss > startLoss + (SufficientDecrease * step * startSlope)
                || (trials > 0 && trial.Loss >= previous.Loss))
            {
                return Zoom(previous, trial, best, smallestChange, trials);
            }
            if (Math.Abs(trial.Slope) <= -Curvature * startSlope)
            {
                return trial;
            }
            if (trial.Slope >= 0)
            {
                return Zoom(trial, previous, best, smallestChange, trials);
            }
            double next = Cubic(previous, trial, step + (0.01 * (step - previous.Step)), step * Growth);
            previous = trial;
            step = next;
        }
        return best;
    }

    private Trial Zoom(Trial low, Trial high, Trial best, double smallestChange, int trials)
    {
        double largest = TensorPrimitives.MaxMagnitude<double>(direction);
        for (; trials < MostTrials; trials++)
        {
            double width = Math.Abs(high.Step - low.Step);
            if (width * Math.Abs(largest) < smallestChange)
            {
                break;
            }
            double left = Math.Min(low.Step, high.Step) + (0.1 * width);
            Trial trial = Try(Cubic(low, high, left, left + (0.8 * width)));
            best = trial.Loss < best.Loss ? trial : best;
            if (!double.IsFinite(trial.Loss) || trial.Loss > startLoss + (SufficientDecrease * trial.Step * startSlope) || trial.Loss >= low.Loss)
            {
                high = trial;
                continue;
            }
            if (Math.Abs(trial.Slope) <= -Curvature * startSlope)
            {
                return trial;
            }
            if (trial.Slope * (high.Step - low.Step) >= 0)
            {
                high = low;
            }
            low = trial;
        }
        return best;
    }

    private Trial Try(double step)
    {
        double[] point = new double[start.Length];
        for (int i = 0; i < point.Length; i++)
        {
            point[i] = start[i] + (step * direction[i]);
        }
        (double loss, double[] gradient) = objective.Evaluate(point);
        return new Trial(step, point, loss, TensorPrimitives.Dot<double>(gradient, direction), gradient);
    }

    /// <summary>The minimum of the cubic through two trials, kept within bounds; their middle where there is none.</summary>
    private static double Cubic(Trial a, Trial b, double least, double most)
    {
        double d1 = a.Slope + b.Slope - (3 * (a.Loss - b.Loss) / (a.Step - b.Step));
        double square = (d1 * d1) - (a.Slope * b.Slope);
        double d2 = Math.Sign(b.Step - a.Step) * Math.Sqrt(square);
        double minimum = b.Step - ((b.Step - a.Step) * (b.Slope + d2 - d1) / (b.Slope - a.Slope + (2 * d2)));
        return double.IsFinite(minimum) ? Math.Clamp(minimum, least, most) : (least + most) / 2;
    }

    /// <summary>One evaluated step.</summary>
    internal sealed record Trial(double Step, double[] Point, double Loss, double Slope, double[] Gradient);
}

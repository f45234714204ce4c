using System.Numerics;

namespace Pyrite.Programs.Scans;

/// <summary>The exponentials of a matrix of logarithms, divided by the largest, with rows of whole vectors.</summary>
internal sealed class ScaledMatrix
{
    /// <summary>Logarithms that are further apart make products that Float64 does not hold: e^-700 is near the least normal number.</summary>
    public const double MostApart = 600;

    private double[] numbers = [];
    private double[] turned = [];

    /// <summary>How many numbers a row has room for.</summary>
    public int Width { get; private set; }

    /// <summary>The logarithm of the largest.</summary>
    public double Shift { get; private set; }

    /// <summary>How far the least is below.</summary>
    public double Range { get; private set; }

    /// <summary>Row i holds what leads from i.</summary>
    public ReadOnlySpan<double> Rows => numbers;

    /// <summary>Row j holds what leads to j.</summary>
    public ReadOnlySpan<double> Columns => turned;

    /// <summary>Takes over a matrix.</summary>
    /// <param name="logarithms">The matrix.</param>
    /// <param name="rounds">Its size, and where it has which element.</param>
    /// <returns>Whether its numbers are finite and not too far apart.</returns>
    public bool Load(ReadOnlySpan<double> logarithms, LogSumRounds rounds)
    {
        int states = rounds.States;
        (double least, double most) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (int place in rounds.Places)
        {
            // NaN stays.
            least = Math.Min(least, logarithms[place]);
            most = Math.Max(most, logarithms[place]);
        }
        (Shift, Range) = (most, most - least);
        if (!(Range < MostApart))
        {
            return false;
        }
        Width = (states + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count;
        if (numbers.Length != states * Width)
        {
            (numbers, turned) = (new double[states * Width], new double[states * Width]);
        }
        for (int from = 0; from < states; from++)
        {
            for (int to = 0; to < states; to++)
            {
                double number = Math.Exp(logarithms[rounds.Places[(from * states) + to]] - most);
                numbers[(from * Width) + to] = turned[(to * Width) + from] = number;
            }
        }
        return true;
    }
}

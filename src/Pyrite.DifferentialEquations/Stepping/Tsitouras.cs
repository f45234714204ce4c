namespace Pyrite.Stepping;

/// <summary>The numbers of Tsitouras' method of order 5 with an error estimate of order 4 and an interpolant of order 4.</summary>
/// <remarks>Ch. Tsitouras, "Runge-Kutta pairs of order 5(4) satisfying only the first column simplifying assumption", Computers and Mathematics with
/// Applications 62 (2011), tables 1 and 2. Each stage is a slope; the last one is the first of the next step.</remarks>
internal static class Tsitouras
{
    /// <summary>How many stages there are.</summary>
    public const int Stages = 7;

    /// <summary>Where in the step the stages are.</summary>
    public static readonly double[] Nodes = [0, 0.161, 0.327, 0.9, 0.9800255409045097, 1, 1];

    /// <summary>How much of the earlier stages each one takes; the last row are the weights of the step.</summary>
    public static readonly double[][] Weights =
    [
        [],
        [0.161],
        [-0.008480655492356989, 0.335480655492357],
        [2.8971530571054935, -6.359448489975075, 4.3622954328695815],
        [5.325864828439257, -11.748883564062828, 7.4955393428898365, -0.09249506636175525],
        [5.86145544294642, -12.92096931784711, 8.159367898576159, -0.071584973281401, -0.028269050394068383],
        [0.09646076681806523, 0.01, 0.4798896504144996, 1.379008574103742, -3.290069515436081, 2.324710524099774],
    ];

    /// <summary>The weights of the error estimate.</summary>
    public static readonly double[] ErrorWeights =
    [
        -0.00178001105222577714, -0.0008164344596567469, 0.007880878010261995, -0.1447110071732629, 0.5823571654525552, -0.45808210592918697,
        1.0 / 66,
    ];

    /// <summary>The weights of the stages for the state inside a step.</summary>
    /// <param name="t">How far into the step, from 0 to 1.</param>
    /// <param name="weights">Takes the seven weights, which the length of the step multiplies.</param>
    public static void Inside(double t, Span<double> weights)
    {
        double square = t * t;
        weights[0] = -1.0530884977290216 * t * (t - 1.3299890189751412) * (square - (1.4364028541716351 * t) + 0.7139816917074209);
        weights[1] = 0.1017 * square * (square - (2.1966568338249754 * t) + 1.2949852507374631);
        weights[2] = 2.490627285651252793 * square * (square - (2.38535645472061657 * t) + 1.57803468208092486);
        weights[3] = -16.54810288924490272 * (t - 1.21712927295533244) * (t - 0.61620406037800089) * square;
        weights[4] = 47.37952196281928122 * (t - 1.203071208372362603) * (t - 0.658047292653547382) * square;
        weights[5] = -34.87065786149660974 * (t - 1.2) * (t - 0.666666666666666667) * square;
        weights[6] = 2.5 * (t - 1) * (t - 0.6) * square;
    }
}

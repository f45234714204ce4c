using System.Globalization;

namespace Pyrite.Conformance;

/// <summary>One row of <c>members.txt</c>: a member of a family at a point, with its value and its derivatives in the parameters and the
/// point.</summary>
/// <remarks>All parameters and points are numbers of Float32, so that both types evaluate the same thing.</remarks>
internal sealed record MemberReference(string Family, string Member, double[] Arguments, int ParameterCount, double Value, double[] Derivatives)
{
    /// <summary>How far the value moves when every argument moves by its own size: the error that rounding the arguments once would cause, in units
    /// of rounding.</summary>
    public double Condition => Arguments.Zip(Derivatives, (argument, derivative) => Math.Abs(argument * derivative)).Sum();

    /// <summary>All rows.</summary>
    public static IReadOnlyList<MemberReference> All { get; } = Read();

    public override string ToString() =>
        $"{Family}({string.Join(", ", Arguments[..ParameterCount])}).{Member}({string.Join(", ", Arguments[ParameterCount..])})";

    /// <summary>The member of a distribution made of these arguments.</summary>
    public Tensor Of(Tensor[] arguments)
    {
        Distribution distribution = Make(arguments[..ParameterCount]);
        return Member switch
        {
            "Mean" => distribution.Mean,
            "Variance" => distribution.Variance,
            "Mode" => distribution.Mode,
            "Entropy" => distribution.Entropy(),
            "Cdf" => distribution.Cdf(arguments[^1]),
            "Sf" => distribution.SurvivalFunction(arguments[^1]),
            "LogCdf" => distribution.LogCdf(arguments[^1]),
            "LogSf" => distribution.LogSurvivalFunction(arguments[^1]),
            _ => throw new InvalidDataException($"members.txt: unknown member {Member}."),
        };
    }

    /// <summary>The distribution of these parameters.</summary>
    public Distribution Make(Tensor[] parameters) =>
        Family == "ContinuousBernoulli of log-odds"
            ? new ContinuousBernoulli(logits: parameters[0])
            : RealFamilies.All[Family].MakeFrom(parameters, true);

    private static List<MemberReference> Read()
    {
        using Stream stream =
            typeof(MemberReference).Assembly.GetManifestResourceStream("members.txt")
                ?? throw new InvalidDataException("members.txt is not embedded.");
        using StreamReader reader = new(stream);
        List<MemberReference> rows = [];
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#'))
            {
                string[] cells = line.Split('|');
                double[] parameters = Numbers(cells[2]);
                rows.Add(new(cells[0], cells[1], [.. parameters, .. Numbers(cells[3])], parameters.Length, Numbers(cells[4])[0], Numbers(cells[5])));
            }
        }
        return rows;
    }

    private static double[] Numbers(string cell) =>
        [.. cell.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
}

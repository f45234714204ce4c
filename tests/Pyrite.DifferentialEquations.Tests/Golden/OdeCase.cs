using System.Globalization;
using System.Text.Json;
using Pyrite.Testing;

namespace Pyrite.Tests;

/// <summary>A case of the golden file.</summary>
internal sealed class OdeCase
{
    private readonly JsonElement element;
    private readonly EquationText equations;
    private readonly string[] parameterNames;

    public OdeCase(JsonElement element)
    {
        this.element = element;
        equations = new EquationText(element.GetProperty("equations").EnumerateArray().Select(line => line.GetString()!));
        parameterNames = [.. element.GetProperty("parameter_names").EnumerateArray().Select(name => name.GetString()!)];
        IsStiff = element.GetProperty("kind").GetString() == "ode-stiff";
        Times = Numbers(element.GetProperty("t"));
        Start = Numbers(element.GetProperty("y0"));
        Parameters = Numbers(element.GetProperty("parameters"));
        Scale = Expected("scale");
    }

    public bool IsStiff { get; }

    public double[] Times { get; }

    public double[] Start { get; }

    public double[] Parameters { get; }

    public double[] Scale { get; }

    public double[] Weights => Numbers(element.GetProperty("weights"));

    /// <summary>All cases of the kinds that the solver serves, by name.</summary>
    public static Dictionary<string, OdeCase> All() => GoldenFolder.Json("models", "ode.json").GetProperty("cases").EnumerateArray()
        .Where(one => one.GetProperty("kind").GetString() is "ode" or "ode-stiff")
        .ToDictionary(one => one.GetProperty("name").GetString()!, one => new OdeCase(one));

    /// <summary>The tolerances that the file has errors for, the tightest last.</summary>
    public IEnumerable<double> Tolerances => element.GetProperty("allowed_error").EnumerateObject()
        .Select(one => double.Parse(one.Name, CultureInfo.InvariantCulture)).OrderDescending();

    public double AllowedError(double tolerance) => element.GetProperty("allowed_error").EnumerateObject()
        .First(one => double.Parse(one.Name, CultureInfo.InvariantCulture) == tolerance).Value.GetDouble();

    public double[] Expected(string name) => Numbers(element.GetProperty("expected").GetProperty(name));

    public double WeightedSum => element.GetProperty("expected").GetProperty("weighted_sum").GetDouble();

    /// <summary>Solves the case.</summary>
    /// <param name="tolerance">The relative tolerance; the absolute one follows from the scale.</param>
    /// <param name="y0">The state at the start.</param>
    /// <param name="parameters">The parameters, a vector.</param>
    /// <param name="gradient">How gradients are made.</param>
    public OdeSolution Solve(double tolerance, Tensor y0, Tensor parameters, OdeGradient? gradient = null)
    {
        Dictionary<string, Tensor> known = parameterNames.Select((name, i) => (name, parameters[i])).ToDictionary();
        Tensor absolute = Tensor.From(Array.ConvertAll(Scale, scale => tolerance * scale * (IsStiff ? 1e-3 : 1)));
        OdeSolver solver = IsStiff ? new Rodas5 { RelativeTolerance = tolerance, AbsoluteTolerance = absolute }
            : new Tsit5 { RelativeTolerance = tolerance, AbsoluteTolerance = absolute };
        List<OdeEvent> events = [];
        if (element.TryGetProperty("events", out JsonElement listed))
        {
            events.AddRange(listed.EnumerateArray().Select(one =>
                OdeEvent.Add(one.GetProperty("t").GetDouble(), Tensor.From(one.GetProperty("add").Numbers()))));
        }
        return Ode.Solve((t, y) => equations.Slope(t, y, known), y0, element.GetProperty("t0").GetDouble(), Tensor.From(Times), solver, events,
            gradient);
    }

    private static double[] Numbers(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object ? element.GetProperty("data").Numbers() : element.Numbers();
}

using System.Text.Json;

namespace Pyrite.Testing;

/// <summary>A posterior of posteriordb with data, reference moments and log densities at a few points.</summary>
/// <remarks>The files lie in the folder that PYRITE_POSTERIORDB names, else in shared/posteriordb beside the repository; they are not part of it, so
/// tests skip where they are missing.</remarks>
public sealed class PosteriorReference
{
    private const string Variable = "PYRITE_POSTERIORDB";

    private static readonly (double Probability, string Name)[] QuantileNames = [(0.05, "q5"), (0.5, "q50"), (0.95, "q95")];

    private PosteriorReference(JsonElement root)
    {
        Name = root.GetProperty("name").GetString()!;
        Data = root.GetProperty("data");
        JsonElement exact = root.GetProperty("exact");
        bool isExact = exact.ValueKind == JsonValueKind.String;
        Dictionary<string, ReferenceMoments> parameters = [];
        foreach (JsonProperty parameter in root.GetProperty("parameters").EnumerateObject())
        {
            bool hasExact = exact.ValueKind == JsonValueKind.Object && exact.TryGetProperty(parameter.Name, out _);
            parameters[parameter.Name] = hasExact ? Moments(exact.GetProperty(parameter.Name), isExact: true) : Moments(parameter.Value, isExact);
        }
        Parameters = parameters;
        if (root.Optional("logdensity_check") is { } check)
        {
            LogDensityParameters = check.GetProperty("parameters").Strings();
            LogDensityPoints = [.. check.GetProperty("points").EnumerateArray().Select(point => point.Numbers())];
            LogDensityDifferences = check.GetProperty("log_density_minus_first").Numbers();
        }
    }

    /// <summary>The folder of the files, or null where there is none.</summary>
    public static string? Folder { get; } = Find();

    /// <summary>Why tests against posteriordb are skipped, or null where they are not.</summary>
    public static string? ReasonToSkip =>
        Folder is null ? $"There is no folder shared/posteriordb beside the repository, and {Variable} names none." : null;

    /// <summary>The name of posterior and model, which is that of the file.</summary>
    public string Name { get; }

    /// <summary>The data by name.</summary>
    public JsonElement Data { get; }

    /// <summary>Reference moments by scalar, indices from 1: <c>theta[1]</c>. Exact ones where they are known.</summary>
    public IReadOnlyDictionary<string, ReferenceMoments> Parameters { get; }

    /// <summary>The order of the constrained parameters in <see cref="LogDensityPoints"/>; empty without a check.</summary>
    public IReadOnlyList<string> LogDensityParameters { get; } = [];

    /// <summary>Points of the constrained parameters.</summary>
    public IReadOnlyList<double[]> LogDensityPoints { get; } = [];

    /// <summary>The log posterior density at each point, without Jacobian, minus its value at the first.</summary>
    public IReadOnlyList<double> LogDensityDifferences { get; } = [];

    /// <summary>Reads the file of a posterior.</summary>
    public static PosteriorReference Load(string name) => Folder is null
        ? throw new DirectoryNotFoundException(ReasonToSkip)
        : Parse(File.ReadAllText(Path.Combine(Folder, name + ".json")));

    /// <summary>Reads the text of a file.</summary>
    public static PosteriorReference Parse(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return new PosteriorReference(document.RootElement.Clone());
    }

    private static ReferenceMoments Moments(JsonElement entry, bool isExact)
    {
        double Error(string name) => isExact ? 0 : entry.Optional(name)?.Number() ?? 0;
        return new ReferenceMoments(
            entry.GetProperty("mean").Number(), Error("mcse_mean"), entry.GetProperty("sd").Number(), Error("mcse_sd"),
            [.. QuantileNames.Where(quantile => entry.Optional(quantile.Name) is not null)
                .Select(
                    quantile =>
                        new ReferenceQuantile(quantile.Probability, entry.GetProperty(quantile.Name).Number(), Error("mcse_" + quantile.Name)))]);
    }

    private static string? Find()
    {
        string? chosen = Environment.GetEnvironmentVariable(Variable);
        if (!string.IsNullOrEmpty(chosen))
        {
            return Directory.Exists(chosen)
                ? chosen
                : throw new DirectoryNotFoundException($"{Variable} names {chosen}, which is not a folder. Correct or unset it.");
        }
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Pyrite.slnx")))
            {
                string candidate = Path.Combine(folder.Parent?.FullName ?? folder.FullName, "shared", "posteriordb");
                return Directory.Exists(candidate) ? candidate : null;
            }
        }
        return null;
    }
}

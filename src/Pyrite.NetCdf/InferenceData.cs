using PureHDF;
using PureHDF.VOL.Native;
using Pyrite.Layout;
using Pyrite.Serialization;

namespace Pyrite;

/// <summary>All that came of an analysis, in one file that ArviZ, xarray and every reader of netCDF-4 opens: draws, what the sampler said,
/// predictions, log-densities and data, with the names of groups.</summary>
/// <remarks>The layout of ArviZ's <c>InferenceData</c>: a netCDF group for each of the properties, arrays with the dimensions chain and draw first,
/// plates by their names with the names of their entries as coordinates. <c>arviz.from_netcdf("run.nc")</c> reads it.</remarks>
public sealed record InferenceData
{
    private static readonly (string Own, string File)[] Statistics =
    [
        (SamplerColumns.LogDensity, "lp"), (SamplerColumns.AcceptanceProbability, "acceptance_rate"), (SamplerColumns.StepSize, "step_size"),
        (SamplerColumns.TreeDepth, "tree_depth"), (SamplerColumns.LeapfrogSteps, "n_steps"), (SamplerColumns.Divergent, "diverging"),
        (SamplerColumns.Energy, "energy"),
    ];

    /// <summary>Draws of the posterior.</summary>
    public Draws? Posterior { get; init; }

    /// <summary>What the sampler reported of each draw, under the names of <see cref="SamplerColumns"/>.</summary>
    public Draws? SampleStatistics { get; init; }

    /// <summary>The log-density of each observation under each draw.</summary>
    public Draws? LogLikelihood { get; init; }

    /// <summary>Data drawn anew under the posterior.</summary>
    public Draws? PosteriorPredictive { get; init; }

    /// <summary>Draws of the prior.</summary>
    public Draws? Prior { get; init; }

    /// <summary>Data drawn under the prior.</summary>
    public Draws? PriorPredictive { get; init; }

    /// <summary>The data that the model observes, by site.</summary>
    public IReadOnlyDictionary<string, Tensor> ObservedData { get; init; } = new Dictionary<string, Tensor>();

    /// <summary>Data that the model computes with, such as predictors.</summary>
    public IReadOnlyDictionary<string, Tensor> ConstantData { get; init; } = new Dictionary<string, Tensor>();

    /// <summary>What there is to say of the file, by name.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();

    /// <summary>Gathers a run: its draws and statistics, and what the model says of the data it observes.</summary>
    /// <param name="model">The model of the run.</param>
    /// <param name="posterior">The run.</param>
    /// <param name="seed">Decides the predictions.</param>
    /// <exception cref="ModelException">The model observes nothing, or is another one.</exception>
    public static InferenceData Of(Action model, McmcResult posterior, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(posterior);
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Draws likelihood = Predictive.LogLikelihood(model, posterior);
        Trace trace = Trace.Of(model, new SeedHandler(0));
        return new InferenceData
        {
            Posterior = posterior.Draws,
            SampleStatistics = posterior.Statistics,
            LogLikelihood = likelihood,
            PosteriorPredictive = Predictive.Draw(model, posterior, seed).Select(likelihood.Names),
            ObservedData = likelihood.Names.ToDictionary(name => name, name => trace[name].Value),
        };
    }

    /// <summary>Writes the file; an earlier one is replaced as a whole or not at all.</summary>
    /// <param name="path">The file, <c>run.nc</c>.</param>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        NetCdfWriter writer = new();
        KeyValuePair<string, string>[] about =
        [
            KeyValuePair.Create("inference_library", "Pyrite"),
            KeyValuePair.Create("inference_library_version", typeof(Draws).Assembly.GetName().Version?.ToString(3) ?? "unknown"),
        ];
        writer.Say(Attributes);
        foreach ((string group, Draws? draws) in DrawsByGroup())
        {
            if (draws is not null)
            {
                writer.Add(group, [.. draws.Variables.Select(variable => NetCdfVariable.Of(draws, variable, FileName(group, variable.Name),
                    TypeOf(group, variable)))], about);
            }
        }
        (string, IReadOnlyDictionary<string, Tensor>)[] allData = [("observed_data", ObservedData), ("constant_data", ConstantData)];
        foreach ((string group, IReadOnlyDictionary<string, Tensor> data) in allData)
        {
            if (data.Count > 0)
            {
                writer.Add(group, [.. data.Select(entry => DataOf(entry.Key, entry.Value))], about);
            }
        }
        AtomicFile.Write(path, writer.Write);
    }

    /// <summary>Reads a file that <see cref="Save"/> or ArviZ wrote.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The file is no netCDF-4 file, is damaged, or its draws are not of chains and draws.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static InferenceData Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no file \"{path}\". Give the path of a netCDF file, such as run.nc.", path);
        }
        try
        {
            using NativeFile file = H5File.OpenRead(path);
            return Read(path, new NetCdfReader(file, path));
        }
        // The reader of HDF5 throws exceptions of every kind for damaged files.
        catch (Exception fault) when (fault is not (InvalidDataException or IOException { HResult: not 0 } or OutOfMemoryException))
        {
            throw new InvalidDataException(
                $"Reading \"{path}\": it is no netCDF-4 file, or is damaged ({fault.Message}). Expected a file that InferenceData.Save or ArviZ "
                    + "wrote.", fault);
        }
    }

    private static InferenceData Read(string path, NetCdfReader reader)
    {
        return new InferenceData
        {
            Posterior = DrawsOf("posterior"),
            SampleStatistics = DrawsOf("sample_stats"),
            LogLikelihood = DrawsOf("log_likelihood"),
            PosteriorPredictive = DrawsOf("posterior_predictive"),
            Prior = DrawsOf("prior"),
            PriorPredictive = DrawsOf("prior_predictive"),
            ObservedData = Tensors("observed_data"),
            ConstantData = Tensors("constant_data"),
            Attributes = reader.Attributes(null),
        };

        Draws? DrawsOf(string group) => reader.Group(group) is { Count: > 0 } variables ? NetCdfDraws.Of(path, group, variables, OwnName) : null;

        Dictionary<string, Tensor> Tensors(string group) => (reader.Group(group) ?? []).ToDictionary(variable => variable.Name, variable =>
            Tensor.From(variable.Values.ToArray(), Shape.Create([.. variable.Dimensions.Select(dimension => dimension.Size)])).To(variable.Type));
    }

    private static string FileName(string group, string name) =>
        group == "sample_stats" && Array.Find(Statistics, one => one.Own == name).File is { } known ? known : name;

    private static string OwnName(string group, string name) =>
        group == "sample_stats" && Array.Find(Statistics, one => one.File == name).Own is { } known ? known : name;

    private static DType TypeOf(string group, DrawsVariable variable) => group != "sample_stats" ? variable.DType : variable.Name switch
    {
        SamplerColumns.Divergent => DType.Bool,
        SamplerColumns.TreeDepth or SamplerColumns.LeapfrogSteps => DType.Int64,
        _ => variable.DType,
    };

    private IEnumerable<(string Group, Draws? Draws)> DrawsByGroup() =>
    [
        ("posterior", Posterior), ("sample_stats", SampleStatistics), ("log_likelihood", LogLikelihood),
        ("posterior_predictive", PosteriorPredictive), ("prior", Prior), ("prior_predictive", PriorPredictive),
    ];

    /// <summary>Data have the dimensions of the draws of the same name.</summary>
    private NetCdfVariable DataOf(string name, Tensor data)
    {
        DrawsVariable? like =
            new[] { PosteriorPredictive, LogLikelihood, PriorPredictive }.Where(draws => draws?.Contains(name) ?? false)
                .Select(draws => draws!.Variable(name)).FirstOrDefault(variable => variable.EventShape == data.Shape);
        return new NetCdfVariable(name,
            [.. data.Shape.Sizes.ToArray().Select((size, axis) => like is null
                ? new NetCdfDimension($"{name}_dim_{axis}", size)
                : new NetCdfDimension(like.Dimensions[axis], size, like.EntryNames[axis]))],
            data.DType is DType.Int64 or DType.Bool ? data.DType : DType.Float64, data.To(DType.Float64).ToArray<double>());
    }
}

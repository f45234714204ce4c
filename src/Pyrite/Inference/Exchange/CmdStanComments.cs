using System.Globalization;
using System.Text;
using Pyrite.Language.Sites;

namespace Pyrite.Inference.Exchange;

/// <summary>What the comments of a file say about the program that wrote it: CmdStan of any version, RStan, PyStan, or programs that write as these
/// do.</summary>
internal sealed class CmdStanComments
{
    /// <summary>The settings that are used; others, of which a file may have any number, are passed over.</summary>
    private static readonly HashSet<string> Known =
    [
        "method", "algorithm", "num_samples", "num_warmup", "save_warmup", "thin", "iter", "warmup", "sampler_t", "output_samples", "point_estimate",
            "draws", "save_iterations",
    ];

    private readonly Dictionary<string, string> settings = [];
    private bool isGradientTest;

    /// <summary>What the program did: its method, or what its settings show where older programs name none. Draws of MCMC where nothing is
    /// said.</summary>
    public string Method => settings.TryGetValue("method", out string? method) ? method
        : isGradientTest ? "diagnose"
        : Has("output_samples") || Text("algorithm") is "meanfield" or "fullrank" ? "variational"
        : Has("point_estimate") || Text("algorithm")?.ToUpperInvariant() is "LBFGS" or "BFGS" or "NEWTON" ? "optimize"
        : "sample";

    /// <summary>Whether parameters stayed where they were: such a run has no warm-up, whatever is set.</summary>
    public bool IsFixed => Text("algorithm") is "fixed_param" || Text("sampler_t") is "fixed_param" or "Fixed_param";

    /// <summary>Transitions of warm-up.</summary>
    public long Warmup => Number("num_warmup") ?? Number("warmup") ?? 0;

    public long Thin => Math.Max(1, Number("thin") ?? 1);

    public bool SavesWarmup => (Number("save_warmup") ?? 0) != 0;

    /// <summary>The rows of warm-up that the settings announce.</summary>
    public long WarmupRows => IsFixed || !SavesWarmup ? 0 : Rows(Warmup);

    /// <summary>The draws that the settings announce; null where they say nothing.</summary>
    public long? Draws => Method switch
    {
        // RStan and PyStan count warm-up among the iterations.
        "sample" => Number("num_samples") is { } samples ? Rows(samples) : Number("iter") is { } all && Has("warmup") ? Rows(all - Warmup) : null,
        "variational" => Number("output_samples"),
        "laplace" => Number("draws"),
        _ => null,
    };

    /// <summary>Of which entries of the data a quantity is.</summary>
    public BatchPart? PartOf(string quantity, int count) => CmdStanPart.Of(settings, quantity, count);

    /// <summary>A quantity with the names that the comments give its axes and their entries.</summary>
    public DrawsVariable Named(DrawsVariable variable) => CmdStanAxes.Named(settings, variable);

    /// <summary>Reads a line that begins with #.</summary>
    public void Read(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> text = line.TrimStart("# \t"u8).TrimEnd(" \t"u8);
        isGradientTest |= text.StartsWith("TEST GRADIENT MODE"u8);
        int equals = text.IndexOf((byte)'=');
        if (equals <= 0)
        {
            return;
        }
        string name = Encoding.UTF8.GetString(text[..equals].TrimEnd((byte)' '));
        string value = Encoding.UTF8.GetString(text[(equals + 1)..]).Replace("(Default)", "", StringComparison.Ordinal).Trim();
        if (Known.Contains(name) || CmdStanPart.IsKey(name) || CmdStanAxes.IsKey(name))
        {
            settings.TryAdd(name, value);
        }
    }

    private long Rows(long transitions) => transitions <= 0 ? 0 : ((transitions - 1) / Thin) + 1;

    private bool Has(string name) => settings.ContainsKey(name);

    private string? Text(string name) => settings.GetValueOrDefault(name);

    private long? Number(string name) => Text(name) is not { } text ? null
        : text is "true" or "TRUE" ? 1
        : text is "false" or "FALSE" ? 0
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && Math.Abs(value) < 1e15 ? (long)value : null;
}

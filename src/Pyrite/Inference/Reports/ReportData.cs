using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Pyrite.Inference.Reports;

/// <summary>The numbers inside a page, as JSON with arrays in base 64, few enough that the page stays small.</summary>
internal sealed class ReportData
{
    private const int MostScalars = 100;
    private const int MostNumbers = 240_000;
    private const int MostReplicates = 40;
    private const int MostReplicatedNumbers = 60_000;
    private const int MostLosses = 4_000;

    private readonly List<(string Name, double[] Values)> scalars = [];
    private readonly List<(string Name, double[] Data, List<double[]> Replicates)> checks = [];
    private double[] divergent = [];
    private double[] losses = [];
    private int chains = 1;
    private int length = 1;
    private int lossStride = 1;
    private int stride = 1;

    /// <summary>Takes draws.</summary>
    /// <returns>What was left out, in words that begin with a space; nothing where all is there.</returns>
    public string SetDraws(Draws draws, double[]? marks)
    {
        int all = draws.Variables.Sum(variable => variable.Size), taken = Math.Min(all, MostScalars);
        int every = Math.Max(1, (int)Math.Ceiling((double)taken * draws.Count / MostNumbers));
        Draws thin = every == 1 ? draws : draws.Thin(every);
        (chains, length, stride) = (thin.Chains, thin.DrawsPerChain, every);
        scalars.AddRange(thin.Variables.SelectMany(variable => variable.ScalarNames.Select((name, i) => (name, variable.Scalar(i)))).Take(taken));
        divergent = marks is null ? new double[thin.Count] : Every(marks, draws.DrawsPerChain, every);
        return (taken < all ? string.Create(CultureInfo.InvariantCulture, $" The first {taken} of {all} numbers are here.") : "")
            + (every > 1 ? string.Create(CultureInfo.InvariantCulture, $" Of {every} draws one is here; tables are of all.") : "");
    }

    /// <summary>Takes data and some of the data sets that a model made.</summary>
    public void SetChecks(Draws predictive, IReadOnlyDictionary<string, Tensor> observed)
    {
        foreach ((string name, Tensor value) in observed)
        {
            DrawsVariable variable = predictive.Variable(name);
            int size = variable.Size, shown = Math.Max(1, Math.Min(MostReplicates, MostReplicatedNumbers / Math.Max(1, size)));
            List<double[]> replicates = [];
            for (int i = 0; i < shown; i++)
            {
                replicates.Add(variable.Values.Slice((int)((long)i * predictive.Count / shown) * size, size).ToArray());
            }
            checks.Add((name, value.ToArray<double>(), replicates));
        }
    }

    /// <summary>Takes losses.</summary>
    public void SetLosses(IReadOnlyList<double> all)
    {
        lossStride = Math.Max(1, (all.Count + MostLosses - 1) / MostLosses);
        losses = [.. all.Where((_, i) => i % lossStride == 0)];
    }

    /// <summary>The numbers as they stand in the page, where no text may end the element around it.</summary>
    public string Json()
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter json = new(text))
        {
            json.WriteStartObject();
            json.WriteNumber("chains", chains);
            json.WriteNumber("draws", length);
            json.WriteNumber("every", stride);
            json.WriteStartArray("names");
            scalars.ForEach(scalar => json.WriteStringValue(scalar.Name));
            json.WriteEndArray();
            json.WriteStartArray("values");
            scalars.ForEach(scalar => json.WriteStringValue(Base64(scalar.Values)));
            json.WriteEndArray();
            json.WriteString("divergent", Convert.ToBase64String(Array.ConvertAll(divergent, mark => (byte)(mark > 0 ? 1 : 0))));
            json.WriteStartArray("checks");
            foreach ((string name, double[] data, List<double[]> replicates) in checks)
            {
                json.WriteStartObject();
                json.WriteString("name", name);
                json.WriteStartArray("data");
                foreach (double number in data)
                {
                    json.WriteRawValue(double.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : "null");
                }
                json.WriteEndArray();
                json.WriteStartArray("replicates");
                replicates.ForEach(replicate => json.WriteStringValue(Base64(replicate)));
                json.WriteEndArray();
                json.WriteEndObject();
            }
            json.WriteEndArray();
            if (losses.Length > 0)
            {
                json.WriteString("losses", Base64(losses));
                json.WriteNumber("lossStride", lossStride);
            }
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(text.ToArray());
    }

    private static string Base64(double[] numbers) =>
        Convert.ToBase64String(MemoryMarshal.AsBytes<float>(Array.ConvertAll(numbers, number => (float)number)));

    private static double[] Every(double[] all, int length, int every) => [.. all.Where((_, i) => i % length % every == 0)];
}

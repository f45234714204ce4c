using System.Text;
using System.Text.Json;
using Pyrite.Inference.Samplers;

namespace Pyrite.Inference.Runs;

/// <summary>Where the chains of a process stand, and their draws, as bytes that it sends to the others of its group.</summary>
internal static class ChainParcel
{
    /// <summary>Packs chains.</summary>
    /// <param name="run">The run, with the chains of this process; there may be none.</param>
    /// <param name="table">The draws of these chains.</param>
    public static byte[] Pack(SavedRun run, DrawsTable table)
    {
        using MemoryStream bytes = new();
        using BinaryWriter writer = new(bytes, Encoding.UTF8);
        writer.Write(McmcStateJson.Write(run));
        foreach (ChainSnapshot chain in run.Chains)
        {
            writer.Write(chain.Numbers.Count);
            foreach ((string name, double[] numbers) in chain.Numbers)
            {
                writer.Write(name);
                Write(writer, numbers);
            }
            writer.Write(table.Lengths[chain.Chain]);
            double[][] parts = [.. table.Of(chain.Chain).Select(part => part.Values)];
            writer.Write(parts.Length);
            Array.ForEach(parts, part => Write(writer, part));
        }
        writer.Flush();
        return bytes.ToArray();
    }

    /// <summary>Unpacks chains.</summary>
    /// <param name="parcel">What <see cref="Pack"/> gave on another process.</param>
    /// <param name="table">Takes the draws.</param>
    /// <returns>Where the chains stand.</returns>
    public static IReadOnlyList<ChainSnapshot> Unpack(byte[] parcel, DrawsTable table)
    {
        using MemoryStream bytes = new(parcel);
        using BinaryReader reader = new(bytes, Encoding.UTF8);
        using JsonDocument document = JsonDocument.Parse(reader.ReadString(), new JsonDocumentOptions { MaxDepth = McmcStateJson.MaxDepth });
        return McmcStateJson.Read(document.RootElement, chain =>
        {
            Dictionary<string, double[]> numbers = [];
            for (int count = reader.ReadInt32(); count > 0; count--)
            {
                numbers.Add(reader.ReadString(), Read(reader));
            }
            int length = reader.ReadInt32();
            double[][] parts = new double[reader.ReadInt32()][];
            for (int i = 0; i < parts.Length; i++)
            {
                parts[i] = Read(reader);
            }
            table.Fill(chain, length, parts);
            return numbers;
        }).Chains;
    }

    private static void Write(BinaryWriter writer, double[] numbers)
    {
        writer.Write(numbers.Length);
        foreach (double number in numbers)
        {
            writer.Write(number);
        }
    }

    private static double[] Read(BinaryReader reader)
    {
        double[] numbers = new double[reader.ReadInt32()];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = reader.ReadDouble();
        }
        return numbers;
    }
}

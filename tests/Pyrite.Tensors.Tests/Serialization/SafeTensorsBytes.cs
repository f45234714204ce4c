using System.Buffers.Binary;
using System.Text;

namespace Pyrite.Tests.Serialization;

/// <summary>Puts safetensors files together by hand.</summary>
internal static class SafeTensorsBytes
{
    public static byte[] Make(string json, params byte[] data) => Make(Encoding.UTF8.GetBytes(json), data);

    public static byte[] Make(byte[] json, byte[] data)
    {
        byte[] length = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)json.Length);
        return [.. length, .. json, .. data];
    }
}

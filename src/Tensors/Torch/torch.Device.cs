using System.Globalization;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Where tensors live: the processor, or one graphics card.</summary>
    public sealed class Device : IEquatable<Device>
    {
        /// <param name="description"><c>cpu</c>, <c>cuda</c> or <c>cuda:n</c>.</param>
        public Device(string description)
        {
            var parts = description.Split(':');
            type = parts[0] switch
            {
                "cpu" => DeviceType.CPU,
                "cuda" => DeviceType.CUDA,
                _ => throw new ArgumentException($"unknown device '{description}', expected cpu, cuda or cuda:n"),
            };
            index = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : type == DeviceType.CUDA ? 0 : -1;
        }

        public Device(DeviceType type, int index = -1) => (this.type, this.index) = (type, type == DeviceType.CUDA ? Math.Max(index, 0) : -1);

        public DeviceType type { get; }

        public int index { get; }

        internal int Number => type == DeviceType.CPU ? -1 : index;

        internal static Device FromNumber(int number) => number < 0 ? CPU : new Device(DeviceType.CUDA, number);

        public static implicit operator Device(string description) => new(description);

        public bool Equals(Device? other) => other is not null && other.type == type && other.index == index;

        public override bool Equals(object? obj) => Equals(obj as Device);

        public override int GetHashCode() => HashCode.Combine(type, index);

        public override string ToString() => type == DeviceType.CPU ? "cpu" : $"cuda:{index}";
    }

    public static readonly Device CPU = new(DeviceType.CPU);
    public static readonly Device CUDA = new(DeviceType.CUDA);

    public static Device device(string description) => new(description);

    public static Device device(DeviceType type, int index = -1) => new(type, index);

    private static int At(Device? device) => device?.Number ?? -1;
}
